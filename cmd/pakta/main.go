package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the nightly schedule needs Asia/Jakarta on machines without zone files

	"golang.org/x/term"
)

func main() {
	os.Exit(realMain())
}

// realMain turns the first interrupt into a cancelled context, so that a run
// ends cleanly; from then on signals have their default effect, so that a
// second interrupt ends the process at once.
func realMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	e := &env{
		stdin:     os.Stdin,
		stdout:    os.Stdout,
		stderr:    os.Stderr,
		lookupEnv: os.LookupEnv,
		terminal:  term.IsTerminal(int(os.Stderr.Fd())),
	}
	return run(ctx, e, os.Args[1:])
}
