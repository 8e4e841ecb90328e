package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pakta/crawler"
	"pakta/export"
)

// sampleSize is how many articles "sources add" shows: enough to see that
// titles, dates and texts are read.
const sampleSize = 5

type sourcesAdd struct {
	crawlFlags
	name, region string
	insecureTLS  bool
	dryRun       bool
}

func (a *sourcesAdd) register(f *flags) {
	a.crawlFlags.register(f)
	f.StringVar(&a.name, "name", "", "`NAME` of the source (default: the host)")
	f.StringVar(&a.region, "region", "", "`CODE` of the region the site is at home in, such as 15 or 15.04")
	f.BoolVar(&a.insecureTLS, "insecure-tls", false, "take the site's certificate whoever it is from")
	f.BoolVar(&a.dryRun, "dry-run", false, "print what would be added, change nothing")
}

func (a *sourcesAdd) run(ctx context.Context, e *env, args []string) int {
	if err := a.check(); err != nil {
		return e.fail(err)
	}
	s := source{name: a.name, url: args[0], region: a.region, insecureTLS: a.insecureTLS}
	if s.name == "" {
		s.name = crawler.SuggestName(args[0])
	}
	if err := a.admit(e, s); err != nil {
		return e.fail(err)
	}
	options, err := a.inspectOptions(e)
	if err != nil {
		return e.fail(err)
	}
	f, err := crawler.Inspect(ctx, options, s.crawled(), sampleSize)
	if f != nil {
		printFinding(e.stdout, f)
	}
	if err == nil && len(f.Sample) == 0 {
		err = fmt.Errorf("%w: none of the pages it lists could be read as an article; give the address of the page that lists its news", crawler.ErrNotSite)
	}
	if err != nil {
		if err = fmt.Errorf("add %s: %w", args[0], err); errors.Is(err, crawler.ErrNotSite) {
			err = &usageError{err}
		}
		return e.fail(err)
	}
	if s.url = f.URL; a.name == "" {
		s.name = crawler.SuggestName(s.url)
	}
	if err := a.admit(e, s); err != nil { // it may have moved to a known one
		return e.fail(err)
	}
	if err := a.keep(e, s); err != nil {
		return e.fail(err)
	}
	return exitDone
}

// admit refuses what the configuration file could not hold.
func (a *sourcesAdd) admit(e *env, s source) error {
	if _, err := crawler.Canonical(s.url); err != nil {
		return usagef("add %.200s: %w; want an address such as https://example.id/", s.url, err)
	}
	if !sourceName.MatchString(s.name) {
		return usagef("--name %.64q: want letters, digits, dots, hyphens, underscores", s.name)
	}
	for _, o := range e.sources {
		switch {
		case o.known:
		case strings.EqualFold(o.name, s.name):
			return usagef("a source called %s is in %s, line %d; choose another with --name", o.name, e.config, o.line)
		case crawler.SameSite(o.url, s.url):
			return usagef("the site is in %s already, line %d, as %s", e.config, o.line, o.name)
		}
	}
	if s.region == "" {
		return nil
	}
	set, err := loadRules(e)
	if err != nil {
		return err
	}
	if _, known := set.RegionByCode(s.region); !known {
		return usagef(`--region %.40q: no region has that code; want a Kemendagri code such as 15 or 15.04`, s.region)
	}
	return nil
}

// printFinding shows what a site offers and how its articles are read.
func printFinding(w io.Writer, f *crawler.Finding) {
	for _, o := range f.Offers {
		fmt.Fprintf(w, "%-9s  %s  (%d articles on its first pages)\n", o.Kind, oneLine(o.URL, 200), o.Articles)
	}
	for _, a := range f.Sample {
		published := "no date"
		if !a.Published.IsZero() {
			published = a.Published.Format("2006-01-02 15:04")
		}
		paragraphs := strings.Count(a.Text, "\n\n") + 1
		fmt.Fprintf(w, "\n%s\n  %s\n  %s, %d paragraphs: %s\n", oneLine(a.URL, 200), oneLine(a.Title, 200), published, paragraphs, oneLine(a.Text, 100))
	}
	for _, p := range f.Problems {
		fmt.Fprintf(w, "\nnot read: %s\n", oneLine(p, 300))
	}
	fmt.Fprintln(w)
}

// keep writes the source into the configuration file, or says what it would
// write.
func (a *sourcesAdd) keep(e *env, s source) error {
	path := e.config
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read configuration: %w", err)
	}
	text, err := addEntry(path, old, s)
	if err != nil {
		return err
	}
	if a.dryRun {
		fmt.Fprintf(e.stdout, "would add to %s:\n  - %s\n", e.config, entry(s))
		return nil
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	} else if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder of configuration: %w", err)
	}
	err = export.File(path, func(w io.Writer) error { _, err := w.Write(text); return err })
	if err == nil {
		err = os.Chmod(path, mode)
	}
	if err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	fmt.Fprintf(e.stdout, "added to %s:\n  - %s\n", e.config, entry(s))
	if s.region == "" {
		e.say("no --region was given: add the code of its home region to the entry, so that unclear names are read right")
	}
	return nil
}
