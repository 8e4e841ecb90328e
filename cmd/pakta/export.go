package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"pakta/export"
)

func exportCommand() command {
	return command{
		use:   "export [QUERY] [flags]",
		short: "Write all agreements that match, as JSON or JSON Lines",
		long: `
Writes every agreement that matches the query and the filters of "pakta
search", in the order of their ids: the same archive gives the same bytes. A
file named with -o is written whole or not at all. With --format warc the pages
that were collected are written instead, all of them, as a web archive.`,
		example: `
  pakta export --format jsonl -o agreements.jsonl
  pakta export --region 15 --since 2020 --format json
  pakta export --format warc -o pages.warc.gz`,
		action: &exportAction{},
	}
}

type exportAction struct {
	filter
	format string
	output string
}

func (a *exportAction) register(f *flags) {
	a.filter.register(f)
	f.StringVar(&a.format, "format", "jsonl", "`FORMAT`: json (one array), jsonl (one agreement a line) or warc (kept pages)")
	f.StringVarP(&a.output, "output", "o", "", "write to `FILE` (default: standard output)")
}

func (a *exportAction) run(ctx context.Context, e *env, args []string) int {
	if strings.EqualFold(a.format, formatWARC) {
		return a.exportPages(ctx, e, args)
	}
	format, err := export.ParseFormat(a.format)
	if err != nil {
		return e.fail(usagef("--format: %w%s", err, didYouMean(a.format, []string{"json", "jsonl", formatWARC})))
	}
	q, err := a.query(e, args)
	if err != nil {
		return e.fail(err)
	}
	find, done, err := openFinder(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer done()
	n := 0
	err = e.toFile(a.output, func(w io.Writer) error {
		out := bufio.NewWriterSize(w, 1<<16)
		var err error
		if n, err = export.Write(ctx, out, format, find.Each(ctx, q)); err != nil {
			return err
		}
		return out.Flush()
	})
	if err != nil {
		return e.fail(fmt.Errorf("export: %w", err))
	}
	e.say("%d agreements exported", n)
	return exitDone
}
