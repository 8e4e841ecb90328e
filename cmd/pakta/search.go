package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pakta"
	"pakta/index"
)

func searchCommand() command {
	return command{
		use:   "search [QUERY] [flags]",
		short: "Find agreements",
		long: `
Finds agreements by words and filters. Words must all occur; "quotes" make a
phrase, a hyphen excludes, field:value filters (region: sector: kind:
instrument: status: law: official: since: until:). Filters of one kind are
alternatives, those of different kinds must all hold.

While "pakta serve" runs on the same data directory, the server is asked.`,
		example: `
  pakta search "air minum" --region "Batang Hari" --since 2020
  pakta search --region 15 --sector 1.01 --json
  pakta search --law "UU 23/2014" --official "Fadhil"`,
		action: &searchAction{},
	}
}

type searchAction struct {
	filter
	sort string
	size int
	from int
	json bool
}

func (a *searchAction) register(f *flags) {
	a.filter.register(f)
	f.StringVar(&a.sort, "sort", "", "`ORDER`: relevance, newest, oldest or id")
	f.IntVar(&a.size, "size", 20, "at most `N` results")
	f.IntVar(&a.from, "from", 0, "leave out the first `N` results")
	f.BoolVar(&a.json, "json", false, "print JSON: total, index, agreements, facets")
}

func (a *searchAction) run(ctx context.Context, e *env, args []string) int {
	q, err := a.query(e, args)
	if err != nil {
		return e.fail(err)
	}
	q.Sort, q.Size, q.From = a.sort, a.size, a.from
	if err := q.Check(); err != nil {
		return e.fail(&usageError{err})
	}
	find, done, err := openFinder(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer done()
	result, err := find.Search(ctx, q)
	if errors.Is(err, index.ErrQuery) {
		err = &usageError{err}
	}
	if err != nil {
		return e.fail(fmt.Errorf("search: %w", err))
	}
	if err := a.print(e, result); err != nil {
		return e.fail(fmt.Errorf("search: %w", err))
	}
	return exitDone
}

func (a *searchAction) print(e *env, result *index.Result) error {
	if a.json {
		line, err := marshalLine(result)
		if err != nil {
			return err
		}
		_, err = e.stdout.Write(line)
		return err
	}
	out := bufio.NewWriter(e.stdout)
	for _, found := range result.Agreements {
		writeAgreement(out, found)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	e.say("%d of %d agreements", len(result.Agreements), result.Total)
	return nil
}

// writeAgreement prints an agreement in a few lines: what a researcher needs
// to decide whether to read on, and where.
func writeAgreement(w io.Writer, a *pakta.Agreement) {
	signed := "no date"
	if a.SignedOn != nil {
		signed = a.SignedOn.Value
	}
	fmt.Fprintf(w, "%s  %s\n", a.ID, join(signed, string(a.Status), string(a.Kind)))
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "    %-9s %s\n", label, oneLine(text, 300))
		}
	}
	line("parties", each(a.Parties, "; ", func(p pakta.Party) string { return p.Name }))
	line("form", each(a.Instruments, ", ", func(i pakta.Instrument) string { return string(i.Type) }))
	line("sectors", each(a.Sectors, ", ", func(s pakta.SectorMention) string { return s.Code + " " + s.Name }))
	line("laws", each(a.LegalRefs, ", ", func(l pakta.LegalRef) string { return l.ID }))
	for _, r := range a.Reports {
		line("report", strings.TrimSpace(r.Title+" "+string(r.URL)))
	}
}

// each joins one text of every value, without repeats.
func each[T any](list []T, separator string, text func(T) string) string {
	var out []string
	for _, v := range list {
		if s := text(v); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, separator)
}
