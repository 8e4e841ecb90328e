package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/crawler"
	"pakta/extract"
	"pakta/rules"
)

func extractCommand() command {
	return command{
		use:      "extract [FILE|-] [flags]",
		homeless: true,
		short:    "Read articles and print what they say, one record a line; touches no archive",
		long: `
Reads articles from a file or standard input and prints one record a line
(JSON, schema pakta.record/1), in the order of the articles.

Of JSON Lines, only records that report an agreement are printed, unless --all
is given; a single text or HTML file always gives its record. With --all, the
articles that report none are read to their end too, for the dates, regions,
officials and laws that they name, which takes longer. A line that is
no article is reported with its number, the others go on, and the exit code is
1 at the end.`,
		example: `
  pakta extract berita.txt
  pakta extract --from jsonl --all articles.jsonl > records.jsonl
  curl -s https://example.id/artikel | pakta extract --from html --explain -`,
		args:   cobra.MaximumNArgs(1),
		action: &extractAction{},
	}
}

type extractAction struct {
	from      string
	all       bool
	explain   bool
	published string
}

func (a *extractAction) register(f *flags) {
	f.StringVar(&a.from, "from", "", "`FORM` of the input: text, html or jsonl (default: by name or content)")
	f.BoolVar(&a.all, "all", false, "print records of articles that report no agreement too")
	f.BoolVar(&a.explain, "explain", false, "tell on standard error why each value is there, and what was rejected")
	f.StringVar(&a.published, "published", "", "publication `TIME` of articles that come without one")
}

// openOverlays opens the folder of additions that the settings name, if any.
func openOverlays(e *env) ([]fs.FS, error) {
	if e.rulesDir == "" {
		return nil, nil
	}
	if _, err := os.Stat(e.rulesDir); err != nil {
		return nil, usagef("rules_dir: %w", err)
	}
	return []fs.FS{os.DirFS(e.rulesDir)}, nil
}

// loadRules loads the rules with the overlays that the settings name.
func loadRules(e *env) (*rules.Set, error) {
	overlays, err := openOverlays(e)
	if err != nil {
		return nil, err
	}
	set, err := rules.Load(overlays...)
	switch {
	case err != nil && len(overlays) > 0:
		return nil, usagef("rules in %s:\n%w", e.rulesDir, err)
	case err != nil:
		return nil, fmt.Errorf("built-in rules: %w", err)
	}
	return set, nil
}

// readers are what reads articles out of pages, and records out of articles, by
// the tables that the settings name.
func (e *env) readers() (*extract.Extractor, decoder, error) {
	set, err := loadRules(e)
	if err != nil {
		return nil, decoder{}, err
	}
	sites, err := e.siteRules()
	if err != nil {
		return nil, decoder{}, err
	}
	return extract.New(set), decoder{&crawler.Reader{Sites: sites}}, nil
}

func (a *extractAction) run(ctx context.Context, e *env, args []string) int {
	form, err := parseForm(a.from)
	if err != nil {
		return e.fail(err)
	}
	published, err := pakta.ParseTime(a.published)
	if err != nil {
		return e.fail(usagef("--published: %w", err))
	}
	defer roomyHeap(e.lookupEnv, 0)()
	x, pages, err := e.readers()
	if err != nil {
		return e.fail(err)
	}
	name := "-"
	if len(args) == 1 {
		name = args[0]
	}
	in, err := openInput(ctx, e, name, form)
	if err != nil {
		return e.fail(err)
	}
	defer in.close()
	bad, err := a.extractAll(ctx, e, in, reader{pages, x, published, a.all || in.form != fromJSONL, a.explain})
	if err != nil {
		return e.fail(fmt.Errorf("extract: %w", err))
	}
	if bad > 0 {
		return exitFailed
	}
	return exitDone
}

// reader makes records of articles.
type reader struct {
	decoder
	extractor *extract.Extractor
	published pakta.Time // of articles that come without
	all       bool       // records of articles that report no agreement are wanted too
	explain   bool
}

// reading is what was read in one article, ready to print.
type reading struct {
	agreement   bool
	record      []byte // with its line end
	explanation []byte
	err         error
}

// read decodes one article and extracts its record.
func (r reader) read(in raw) reading {
	doc := r.decode(in)
	if doc.err != nil {
		return reading{err: doc.err}
	}
	if doc.article.Published.IsZero() {
		doc.article.Published = r.published
	}
	var out reading
	var rec *pakta.Record
	if r.explain {
		var steps []extract.Step
		var talk bytes.Buffer
		rec, steps = r.extractor.Explain(doc.article)
		writeReading(&talk, doc.article, doc.reading)
		writeExplanation(&talk, rec, steps)
		out.explanation = talk.Bytes()
	} else if r.all {
		rec = r.extractor.Read(doc.article)
	} else {
		rec = r.extractor.Extract(doc.article)
	}
	out.agreement = rec.Agreement
	out.record, out.err = marshalLine(rec)
	return out
}

// marshalLine is one line of JSON Lines. HTML's characters stay as they are:
// the reader is no browser, and escapes would make evidence hard to read.
func marshalLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return b.Bytes(), nil
}

// extractAll prints the records of the input and returns how many articles
// could not be read. Each of those is reported as it comes up.
func (a *extractAction) extractAll(ctx context.Context, e *env, in *input, r reader) (bad int, err error) {
	out := bufio.NewWriterSize(e.stdout, 1<<16)
	err = ordered(ctx, in.documents(), r.read, func(got reading) error {
		if got.err != nil {
			bad++
			e.say("pakta: %v", got.err)
			return nil
		}
		if _, err := e.stderr.Write(got.explanation); err != nil {
			return fmt.Errorf("explain: %w", err)
		}
		if !r.all && !got.agreement {
			return nil
		}
		_, err := out.Write(got.record)
		return err
	})
	return bad, errors.Join(err, out.Flush())
}
