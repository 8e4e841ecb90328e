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
Reads every archived article again, offline, stores the records that came out
differently, merges and indexes, and sums up what changed by field. To be run
after the rules have changed.`,
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
	set, err := loadRules(e)
	if err != nil {
		return e.fail(err)
	}
	store, err := openExisting(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer store.Close()
	sum, err := a.readAgain(ctx, e, store, extract.New(set))
	if err != nil {
		return e.fail(fmt.Errorf("reextract: %w", err))
	}
	changed := 0
	if !a.dryRun {
		if changed, err = publish(ctx, e, store); err != nil {
			return e.fail(err)
		}
	}
	if err := sum.print(e.stdout, set.Version()); err != nil {
		return e.fail(err)
	}
	if a.dryRun {
		e.say("nothing was stored (--dry-run)")
	} else {
		e.say("%d agreements added or changed", changed)
	}
	return exitDone
}

// reread is one article read again: the record and the fields that differ from the
// one that is archived.
type reread struct {
	record *pakta.Record
	fields []string // nil: nothing but perhaps the version of the rules
	stale  bool     // must be stored
	err    error
}

// changes sums up a reextraction.
type changes struct {
	articles, changed int
	fields            map[string]int // records in which the field came out differently
}

func (a *reextractAction) readAgain(ctx context.Context, e *env, store *archive.Archive, x *extract.Extractor) (changes, error) {
	sum := changes{fields: map[string]int{}}
	show := newProgress(e.stderr, e.terminal, "reextract")
	defer show.finish()
	var failed error
	articles := each2(store.Articles(ctx), &failed)
	work := func(art *pakta.Article) reread { return compare(ctx, store, x.Extract(art)) }
	var batch []*pakta.Record
	flush := func(atLeast int) error {
		if len(batch) < atLeast || a.dryRun {
			return nil
		}
		err := store.PutRecords(ctx, batch)
		batch = nil
		return err
	}
	err := ordered(ctx, articles, work, func(r reread) error {
		if r.err != nil {
			return r.err
		}
		sum.articles++
		show.update(sum.articles, 0, "")
		if len(r.fields) > 0 {
			sum.changed++
		}
		for _, f := range r.fields {
			sum.fields[f]++
		}
		if r.stale && !a.dryRun {
			batch = append(batch, r.record)
		}
		return flush(recordBatch)
	})
	return sum, errors.Join(err, failed, flush(1))
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
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range slices.Sorted(maps.Keys(c.fields)) {
		fmt.Fprintf(table, "  %s\t%d\n", f, c.fields[f])
	}
	return table.Flush()
}
