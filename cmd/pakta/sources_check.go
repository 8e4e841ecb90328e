package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"pakta"
	"pakta/crawler"
)

type sourcesCheck struct {
	crawlFlags
	json bool
}

func (a *sourcesCheck) register(f *flags) {
	a.crawlFlags.register(f)
	f.BoolVar(&a.json, "json", false, "print JSON")
}

// sourceCheck is what came of trying one source.
type sourceCheck struct {
	Name   string          `json:"name"`
	URL    string          `json:"url"`
	OK     bool            `json:"ok"`
	Method string          `json:"method"`
	Offers []crawler.Offer `json:"offers"`
	// Newest is the publication time of the newest article that is listed or
	// was read; null when none is known.
	Newest   pakta.Time `json:"newest"`
	Article  string     `json:"article"` // title of the article that was read
	Problems []string   `json:"problems"`
}

func (a *sourcesCheck) run(ctx context.Context, e *env, args []string) int {
	if err := a.check(); err != nil {
		return e.fail(err)
	}
	sources, err := pickSources(e, args)
	if err != nil {
		return e.fail(err)
	}
	options, err := a.inspectOptions(e)
	if err != nil {
		return e.fail(err)
	}
	checks := a.tryAll(ctx, options, sources)
	if ctx.Err() != nil {
		return e.fail(fmt.Errorf("check sources: %w", ctx.Err()))
	}
	code := exitDone
	for _, c := range checks {
		if !c.OK {
			code = exitFailed
		}
	}
	if a.json {
		return max(code, e.printJSON(map[string]any{"sources": checks}))
	}
	for _, c := range checks {
		if err := c.print(e.stdout); err != nil {
			return e.fail(fmt.Errorf("print checks: %w", err))
		}
	}
	return code
}

// tryAll tries sources, several at once, and gives the results in their order.
func (a *sourcesCheck) tryAll(ctx context.Context, options crawler.Options, sources []crawler.Source) []sourceCheck {
	checks := make([]sourceCheck, len(sources))
	slots := make(chan struct{}, a.concurrency)
	var wg sync.WaitGroup
	for i, s := range sources {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			checks[i] = trySource(ctx, options, s)
		})
	}
	wg.Wait()
	return checks
}

// trySource looks at one source. It is all right when an article could be
// read.
func trySource(ctx context.Context, o crawler.Options, s crawler.Source) sourceCheck {
	c := sourceCheck{Name: s.Name, URL: s.URL, Offers: []crawler.Offer{}, Problems: []string{}}
	f, err := crawler.Inspect(ctx, o, s, 1)
	if f != nil {
		c.Method, c.Offers = f.Method, f.Offers
		c.Problems = append(c.Problems, f.Problems...)
		if f.URL != s.URL && !crawler.SameSite(f.URL, s.URL) {
			c.Problems = append(c.Problems, "the site has moved to "+f.URL+": change its address in the configuration")
			return c
		}
		for _, a := range f.Sample {
			c.OK, c.Article, c.Newest = true, a.Title, a.Published
		}
	}
	for _, o := range c.Offers {
		if o.Newest.After(c.Newest.Time) {
			c.Newest = o.Newest
		}
	}
	if err != nil {
		c.OK, c.Problems = false, append(c.Problems, err.Error())
	}
	return c
}

func (c *sourceCheck) print(w io.Writer) error {
	verdict, newest := "ok", "unknown"
	if !c.OK {
		verdict = "FAILED"
	}
	if !c.Newest.IsZero() {
		newest = c.Newest.In(pakta.WIB).Format("2006-01-02 15:04 MST")
	}
	problems := "no problems"
	if len(c.Problems) > 0 {
		problems = oneLine(strings.Join(c.Problems, "; "), 300)
	}
	_, err := fmt.Fprintf(w, "%s: %s; offers %s; newest article %s; %s\n", c.Name, verdict, offersLine(c.Offers), newest, problems)
	return err
}

// offersLine names the kinds of offers with how much they list.
func offersLine(offers []crawler.Offer) string {
	if len(offers) == 0 {
		return "nothing"
	}
	var parts []string
	for _, o := range offers {
		parts = append(parts, fmt.Sprintf("%s (%d)", o.Kind, o.Articles))
	}
	return strings.Join(parts, ", ")
}
