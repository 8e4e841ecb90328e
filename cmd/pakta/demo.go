package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pakta/crawler"
	"pakta/crawler/newsroom"
)

func demoCommand() command {
	return command{
		use:   "demo [flags]",
		short: "Crawl a bundled newsroom on this machine and serve what it says",
		long: `
Starts a newsroom of bundled articles on the loopback interface (invented
outlets and persons, real regions and laws), crawls it over HTTP like any other
site, and serves the agreements found. Nothing leaves the machine.

The data have a directory of their own (pakta-demo beside the usual one, or
--data). A second run finds nothing new. Ctrl-C ends the server.`,
		example: `
  pakta demo
  pakta demo --once
  pakta demo --addr 127.0.0.1:9000`,
		args:   cobra.NoArgs,
		action: &demoAction{},
	}
}

type demoAction struct {
	once bool
	addr string
}

func (a *demoAction) register(f *flags) {
	f.BoolVar(&a.once, "once", false, "print the run's report and exit, do not serve")
	f.StringVar(&a.addr, "addr", defaultAddr, "`ADDRESS` to serve at")
}

func (a *demoAction) run(ctx context.Context, e *env, _ []string) int {
	if !e.dataSet {
		dir, err := homeData(e.lookupEnv, "pakta-demo")
		if err != nil {
			return e.fail(err)
		}
		e.data = dir
	}
	rooms, err := newsroom.Start(ctx, newsroom.Options{})
	if err != nil {
		return e.fail(fmt.Errorf("start newsroom: %w", err))
	}
	defer rooms.Close()
	job := crawlJob{crawlFlags: crawlFlags{concurrency: defaultConcurrency, allowPrivate: true}}
	for _, s := range rooms.Sites() {
		job.sources = append(job.sources, crawler.Source{Name: s.Name, URL: s.URL, Region: s.Region})
	}
	if code := e.finishRun(crawlOnce(ctx, e, job)); code != exitDone || a.once || ctx.Err() != nil {
		return code
	}
	return serve(ctx, e, serveOptions{addr: a.addr, demo: true})
}
