package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"pakta/archive"
	"pakta/index"
	"pakta/web"
)

const (
	// defaultAddr is reachable from this machine only: the pages ask nobody
	// for a password.
	defaultAddr = "127.0.0.1:8080"
	// followEvery is how soon a crawl's agreements show in a running server.
	followEvery = 300 * time.Millisecond
	// drain is how long requests under way may take when the server ends.
	drain = 3 * time.Second
)

func serveCommand() command {
	return command{
		use:   "serve [flags]",
		short: "Serve the search pages and the JSON API",
		long: `
Serves the pages for researchers and the JSON API, and keeps the index up to
date with the archive: what "pakta crawl" finds beside it shows within a second.
There are no accounts: whoever reaches the address can read everything, so
leave it on the loopback interface or put a proxy in front.

With --schedule it makes the nightly runs too: one process for everything.`,
		example: `
  pakta serve
  pakta serve --schedule
  pakta serve --addr 127.0.0.1:9000
  pakta serve --addr 127.0.0.1:0     # any free port; it is printed`,
		args:   cobra.NoArgs,
		action: &serveAction{},
	}
}

type serveAction struct {
	serveOptions
	crawlFlags
	clockFlags
	scheduled bool
}

// serveOptions say how a data directory is served.
type serveOptions struct {
	addr  string
	hosts []string // names the server answers to, beside the loopback ones
	demo  bool     // the articles are invented
	// schedule makes runs beside the pages; nil makes none.
	schedule *scheduler
}

func (a *serveAction) register(f *flags) {
	f.BoolVar(&a.scheduled, "schedule", false, "crawl by the clock too, as pakta schedule does")
	a.crawlFlags.register(f)
	a.clockFlags.register(f)
	f.StringVar(&a.addr, "addr", defaultAddr, "`ADDRESS` to serve at")
	f.StringSliceVar(&a.hosts, "host", nil, "`NAME` the server is reached by, if not a loopback one; * for any")
}

func (a *serveAction) run(ctx context.Context, e *env, _ []string) int {
	if a.scheduled {
		var err error
		if a.schedule, err = newScheduler(e, a.clockFlags, a.crawlFlags); err != nil {
			return e.fail(err)
		}
	}
	return serve(ctx, e, a.serveOptions)
}

// serve serves the data directory until ctx is done. The exit code is
// 0 when that was the reason to end.
func serve(ctx context.Context, e *env, o serveOptions) int {
	if err := serveData(ctx, e, o); err != nil && !errors.Is(err, context.Canceled) {
		return e.fail(err)
	}
	return exitDone
}

func serveData(ctx context.Context, e *env, o serveOptions) error {
	listener, err := listen(ctx, o.addr)
	if err != nil {
		return err
	}
	defer listener.Close() // the server closes it, unless one is never started
	store, err := openArchive(ctx, e)
	if err != nil {
		return err
	}
	defer store.Close()
	dir := dataDir(e.data)
	ix, err := index.Open(ctx, dir.index(), index.Options{LockWait: indexWait})
	if errors.Is(err, index.ErrLocked) {
		return fmt.Errorf("%w; is a server for %s running already?", err, e.data)
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	e.tellAside(ix)
	handler, err := newHandler(e, o, store, ix)
	if err != nil {
		return err
	}
	if _, err := ix.Follow(ctx, store); err != nil {
		return fmt.Errorf("bring index up to date: %w", err)
	}
	at := listener.Addr().String()
	if err := dir.writeServer(server{Address: at, PID: os.Getpid(), Started: time.Now().UTC()}); err != nil {
		return err
	}
	defer dir.removeServer()
	e.say("pakta: serving http://%s/ (Ctrl-C ends it)", at)
	background := []func(context.Context){func(ctx context.Context) { follow(ctx, e, ix, store) }}
	if o.schedule != nil {
		background = append(background, o.schedule.keep)
	}
	return serveUntil(ctx, e, listener, handler, background)
}

// newHandler makes the pages and the API.
func newHandler(e *env, o serveOptions, store *archive.Archive, ix *index.Index) (http.Handler, error) {
	set, err := loadRules(e)
	if err != nil {
		return nil, err
	}
	handler, err := web.New(web.Options{
		Search: ix, Archive: store, NotFound: archive.ErrNotFound,
		Stats: func(ctx context.Context) (web.Stats, error) {
			s, err := store.Stats(ctx)
			return web.Stats{
				Pages: s.Pages, Articles: s.Articles, Records: s.Records, Agreements: s.Agreements, Addresses: s.Addresses,
			}, err
		},
		Figures: func(ctx context.Context) ([]web.Figure, error) { return figures(ctx, dataDir(e.data), store, ix) },
		Sources: func(ctx context.Context) ([]web.SourceState, error) { return sourceStates(ctx, store) },
		Regions: set.Regions(), Sectors: set.Sectors(), Version: version(),
		Demo: o.demo, Hosts: o.hosts, Log: slog.New(slog.NewTextHandler(e.stderr, nil)),
	})
	if err != nil {
		return nil, fmt.Errorf("make pages: %w", err)
	}
	return handler, nil
}

// listen opens the port, and says what to do when it cannot.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("serve at %s: something listens there already; choose another address with --addr, or any free port with --addr 127.0.0.1:0", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("serve at %s: %w; ports below 1024 need rights, choose a higher one with --addr", addr, err)
	case err != nil:
		return nil, usagef("serve at %q: %w; want host:port, such as %s", addr, err, defaultAddr)
	}
	return listener, nil
}

// serveUntil serves, with background running beside it, until ctx is done,
// and then gives requests under way some time to end.
func serveUntil(ctx context.Context, e *env, listener net.Listener, handler http.Handler, background []func(context.Context)) error {
	ctx, cancel := context.WithCancel(ctx)
	srv := &http.Server{
		Handler: handler,
		// A client that sends slowly may not hold a connection for long; a
		// download may, since exports stream.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.NewTextHandler(e.stderr, nil), slog.LevelWarn),
	}
	var tasks sync.WaitGroup
	defer tasks.Wait()
	defer cancel()
	for _, task := range background {
		tasks.Go(func() { task(ctx) })
	}
	failed := make(chan error, 1)
	tasks.Go(func() { failed <- srv.Serve(listener) })
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, end := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer end()
	if srv.Shutdown(grace) != nil {
		srv.Close() // what is still under way is cut off
	}
	return ctx.Err()
}

// follow brings the index up to date until ctx is done. An error is logged
// when it first comes up, and tried again.
func follow(ctx context.Context, e *env, ix *index.Index, store *archive.Archive) {
	log := slog.New(slog.NewTextHandler(e.stderr, nil))
	last := ""
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := ix.Follow(ctx, store)
		if ctx.Err() != nil {
			return
		}
		now := ""
		if err != nil {
			now = err.Error()
		}
		switch {
		case now == last:
		case now == "":
			log.Info("index follows the archive again")
		default:
			log.Error("index cannot follow the archive; will try again", "error", now)
		}
		last = now
	}
}
