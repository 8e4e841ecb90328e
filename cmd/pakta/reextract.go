package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/extract"
)

// recordBatch is how many changed records are stored in one transaction: few
// enough for a crawl beside it to get its turn.
const recordBatch = 500

func reextractCommand() command {
	return command{
		use:   "reextract [flags]",
		short: "Read all archived articles again under today's rules",
		long: `
Reads everything again, offline: the articles out of the kept pages, the records
out of the articles. Stores what came out differently, merges and indexes, and
sums up what changed by field. To be run after pakta, its rules or its selectors
have changed. An article whose page gives none any more stays as it is.`,
		example: `
  pakta reextract --dry-run
  pakta reextract`,
		args:   cobra.NoArgs,
		action: &reextractAction{},
	}
}

type reextractAction struct {
	dryRun bool
}

func (a *reextractAction) register(f *flags) {
	f.BoolVar(&a.dryRun, "dry-run", false, "only tell what would change")
}

func (a *reextractAction) run(ctx context.Context, e *env, _ []string) int {
	defer roomyHeap(e.lookupEnv, 0)()
	x, pages, err := e.readers()
	if err != nil {
		return e.fail(err)
	}
	store, err := openExisting(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer store.Close()
	sum, err := a.readAgain(ctx, e, rereader{store, pages.pages, x})
	if err != nil {
		return e.fail(fmt.Errorf("reextract: %w", err))
	}
	changed := 0
	if !a.dryRun {
		if changed, err = publish(ctx, e, store); err != nil {
			return e.fail(err)
		}
	}
	if err := sum.print(e.stdout, x.Version()); err != nil {
		return e.fail(err)
	}
	if a.dryRun {
		e.say("nothing was stored (--dry-run)")
	} else {
		e.say("%d agreements added or changed", changed)
	}
	return exitDone
}

// rereader reads what is archived again.
type rereader struct {
	store     *archive.Archive
	pages     *crawler.Reader
	extractor *extract.Extractor
}

// reread is one article read again: the record and the fields that differ from the
// one that is archived.
type reread struct {
	article *pakta.Article // nil: it is as it was
	record  *pakta.Record
	fields  []string // nil: nothing but perhaps the version of the rules
	stale   bool     // must be stored
	lost    bool     // its page gives no article any more
	err     error
}

// changes sums up a reextraction.
type changes struct {
	articles, changed int
	mended            int            // articles that came out of their pages differently
	lost              int            // articles whose pages give none any more
	fields            map[string]int // records in which the field came out differently
}

func (a *reextractAction) readAgain(ctx context.Context, e *env, r rereader) (changes, error) {
	sum := changes{fields: map[string]int{}}
	show := newProgress(e.stderr, e.terminal, "reextract")
	defer show.finish()
	var failed error
	articles := each2(r.store.Articles(ctx), &failed)
	work := func(art *pakta.Article) reread { return r.read(ctx, art) }
	var batch []*pakta.Record
	flush := func(atLeast int) error {
		if len(batch) < atLeast || a.dryRun {
			return nil
		}
		err := r.store.PutRecords(ctx, batch)
		batch = nil
		return err
	}
	err := ordered(ctx, articles, work, func(got reread) error {
		if got.err != nil {
			return got.err
		}
		sum.add(got)
		show.update(sum.articles, 0, "")
		switch {
		case a.dryRun:
		case got.article != nil:
			_, err := r.store.PutArticle(ctx, got.article, got.record)
			return err
		case got.stale:
			batch = append(batch, got.record)
		}
		return flush(recordBatch)
	})
	return sum, errors.Join(err, failed, flush(1))
}

// add counts one article.
func (c *changes) add(got reread) {
	c.articles++
	if got.article != nil {
		c.mended++
	}
	if got.lost {
		c.lost++
	}
	if len(got.fields) > 0 {
		c.changed++
	}
	for _, f := range got.fields {
		c.fields[f]++
	}
}

// read reads one article again, from its page where that is kept.
func (r rereader) read(ctx context.Context, old *pakta.Article) reread {
	art, err := r.article(ctx, old)
	lost := errors.Is(err, crawler.ErrNotArticle)
	if err != nil && !lost {
		return reread{err: err}
	}
	got := compare(ctx, r.store, r.extractor.Extract(art))
	got.lost = lost
	if same, err := equalJSON(old, art); err != nil {
		return reread{err: err}
	} else if !same {
		got.article = art
	}
	return got
}

// article is the article of the kept page, or the old one when no page is
// kept, or when its page gives none any more; the error is ErrNotArticle then.
func (r rereader) article(ctx context.Context, old *pakta.Article) (*pakta.Article, error) {
	if old.URL == "" {
		return old, nil
	}
	page, err := r.store.Page(ctx, old.URL)
	if errors.Is(err, archive.ErrNotFound) {
		return old, nil
	}
	if err != nil {
		return nil, err
	}
	art, err := r.pages.Reread(old, page, func(address string) (*pakta.Page, error) { return r.store.Page(ctx, address) })
	if err != nil {
		return old, err
	}
	return extract.Normalize(art), nil
}

func equalJSON(a, b *pakta.Article) (bool, error) {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	if err := errors.Join(err1, err2); err != nil {
		return false, fmt.Errorf("compare articles: %w", err)
	}
	return bytes.Equal(x, y), nil
}

// each2 yields the values of seq and stops at its error, which it leaves in
// failed.
func each2[T any](seq iter.Seq2[T, error], failed *error) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v, err := range seq {
			if err != nil {
				*failed = err
				return
			}
			if !yield(v) {
				return
			}
		}
	}
}

// compare finds the fields in which a record differs from the archived one of
// the same article.
func compare(ctx context.Context, store *archive.Archive, rec *pakta.Record) reread {
	old, err := store.Record(ctx, rec.Article.ID)
	if errors.Is(err, archive.ErrNotFound) {
		return reread{record: rec, fields: []string{"(no record)"}, stale: true}
	}
	if err != nil {
		return reread{err: err}
	}
	was, err1 := fieldsOf(old)
	is, err2 := fieldsOf(rec)
	if err := errors.Join(err1, err2); err != nil {
		return reread{err: err}
	}
	var fields []string
	for name := range is {
		if name != "rules" && !bytes.Equal(was[name], is[name]) {
			fields = append(fields, name)
		}
	}
	return reread{record: rec, fields: fields, stale: len(fields) > 0 || old.Rules != rec.Rules}
}

// fieldsOf is the JSON of a record, by field.
func fieldsOf(rec *pakta.Record) (map[string]json.RawMessage, error) {
	b, err := json.Marshal(rec)
	if err != nil {
		return nil, fmt.Errorf("compare records: %w", err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, fmt.Errorf("compare records: %w", err)
	}
	return fields, nil
}

func (c changes) print(w io.Writer, version string) error {
	fmt.Fprintf(w, "%d articles read under rules %s, %d records came out differently\n", c.articles, version, c.changed)
	if c.mended+c.lost > 0 {
		fmt.Fprintf(w, "%d articles came out of their pages differently, %d pages give none any more\n", c.mended, c.lost)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range slices.Sorted(maps.Keys(c.fields)) {
		fmt.Fprintf(table, "  %s\t%d\n", f, c.fields[f])
	}
	return table.Flush()
}
