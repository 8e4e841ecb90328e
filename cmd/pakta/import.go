package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/archive"
	"pakta/export"
	"pakta/extract"
)

func importCommand() command {
	return command{
		use:   "import FILE...|- [flags]",
		short: "Put articles that were collected elsewhere into the archive",
		long: `
Reads articles from JSON Lines (keys id, url, site, title, text, published),
HTML or text files, and from web archives (WARC, packed or not; their pages are
kept too), archives and reads them, merges and indexes. An article
that is there already, unchanged, is passed over. A line or file that is no
article is reported, the others go on, and the exit code is 1 at the end.`,
		example: `
  pakta import articles.jsonl
  pakta import saved/*.html
  pakta import crawl-2024.warc.gz
  zcat articles.jsonl.gz | pakta import --from jsonl -`,
		args:   cobra.MinimumNArgs(1),
		action: &importAction{},
	}
}

type importAction struct {
	from string
}

func (a *importAction) register(f *flags) {
	f.StringVar(&a.from, "from", "", "`FORM` of the input: text, html, jsonl or warc (default: by name or content)")
}

func (a *importAction) run(ctx context.Context, e *env, args []string) int {
	form, err := parseForm(a.from)
	if err != nil {
		return e.fail(err)
	}
	defer roomyHeap(e.lookupEnv, 0)()
	x, pages, err := e.readers()
	if err != nil {
		return e.fail(err)
	}
	store, err := openArchive(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer store.Close()
	n, err := a.importAll(ctx, e, store, x, pages, args, form)
	changed, perr := publish(ctx, e, store)
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped; import the same files again to go on")
	}
	if n.pageless > 0 {
		e.say("%d pages are no articles", n.pageless)
	}
	e.say("%d articles read: %d new or changed, %d there already, %d bad; %d agreements added or changed",
		n.read-n.pageless, n.stored, n.read-n.pageless-n.stored-n.bad, n.bad, changed)
	if err := errors.Join(err, perr); err != nil {
		return e.fail(fmt.Errorf("import: %w", err))
	}
	if n.bad > 0 {
		return exitFailed
	}
	return exitDone
}

// importCounts is what became of the articles of an import.
type importCounts struct {
	read, stored, bad int
	pageless          int // pages of web archives that are no articles
}

// imported is an article ready to store, or why it is none.
type imported struct {
	article *pakta.Article
	record  *pakta.Record
	page    *pakta.Page // of a web archive
	err     error
}

func (a *importAction) importAll(ctx context.Context, e *env, store *archive.Archive, x *extract.Extractor, pages decoder, names []string, form string) (n importCounts, err error) {
	show := newProgress(e.stderr, e.terminal, "import")
	defer show.finish()
	read := func(in raw) imported {
		doc := pages.decode(in)
		if doc.err != nil {
			return imported{err: doc.err}
		}
		article := extract.Normalize(doc.article)
		return imported{article: article, record: x.Extract(article), page: doc.page}
	}
	err = ordered(ctx, inputs(ctx, e, names, form), read, func(got imported) error {
		n.read++
		show.update(n.read, 0, "")
		if errors.Is(got.err, errPageless) {
			n.pageless++
			return nil
		}
		if got.err != nil {
			n.bad++
			e.say("pakta: %v", got.err)
			return nil
		}
		changed, err := pages.keepImported(ctx, store, x, got)
		if changed {
			n.stored++
		}
		return err
	})
	return n, err
}

// inputs yields the articles of all files, undecoded. A file that cannot be
// opened is one bad article.
func inputs(ctx context.Context, e *env, names []string, form string) iter.Seq[raw] {
	return func(yield func(raw) bool) {
		for _, name := range names {
			if !inputsOf(ctx, e, name, form, yield) {
				return
			}
		}
	}
}

// inputsOf yields the articles of one file and says whether to go on.
func inputsOf(ctx context.Context, e *env, name, form string, yield func(raw) bool) bool {
	in, err := openInput(ctx, e, name, form)
	if err != nil {
		return yield(raw{where: name, err: err})
	}
	defer in.close()
	for doc := range in.documents() {
		if !yield(doc) {
			return false
		}
	}
	return true
}

// toFile calls write with the file called name, which it makes whole or not at
// all, or with standard output when name is empty or "-".
func (e *env) toFile(name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		return write(e.stdout)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return usagef("-o %s: is a directory; name a file in it", name)
	}
	return export.File(name, write)
}
