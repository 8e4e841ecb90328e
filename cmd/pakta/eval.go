package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"pakta/eval"
	"pakta/extract"
)

func evalCommand() command {
	return command{
		use:      "eval GOLD.jsonl... [flags]",
		homeless: true,
		short:    "Score the extraction against labelled articles, and show every fault",
		long: `
Reads labelled articles (JSON Lines: an article with its labels under "gold",
as testdata/corpus/README.md describes), extracts their records, and compares.

Every value that is missed or wrong is one line: article, field, "missed" or
"wrong", value, sentence. A table follows with precision, recall and F1 of each
field, a 95 % interval of F1 (articles drawn again, with a fixed seed) and the
number of labelled values; then the mean of the fields' F1 and the lowest.

A line that is no labelled article is reported as file:line, the others go on,
and the exit code is 1 at the end.`,
		example: `
  pakta eval testdata/corpus/seen.jsonl
  pakta eval testdata/corpus/*.jsonl --summary
  pakta eval gold.jsonl --field parties --rules-dir ./my-rules
  pakta eval gold.jsonl --json | jq .fields.sectors.f1
  pakta eval gold.jsonl --summary --floor 0.95 --field-floor 0.9`,
		args:   cobra.MinimumNArgs(1),
		action: &evalAction{},
	}
}

type evalAction struct {
	json       bool
	summary    bool
	fields     []string
	floor      float64
	fieldFloor float64
}

func (a *evalAction) register(f *flags) {
	f.BoolVar(&a.json, "json", false, "print JSON: figures, intervals, faults")
	f.BoolVar(&a.summary, "summary", false, "leave the faults out")
	f.StringSliceVar(&a.fields, "field", nil, "show the faults of this `FIELD` only (several: comma or repeat)")
	f.Float64Var(&a.floor, "floor", 0, "exit with 1 when the mean of the fields' F1 is below `F1`")
	f.Float64Var(&a.fieldFloor, "field-floor", 0, "exit with 1 when the F1 of any field is below `F1`")
}

func (a *evalAction) run(ctx context.Context, e *env, args []string) int {
	fields, err := a.shown()
	if err != nil {
		return e.fail(err)
	}
	set, err := loadRules(e)
	if err != nil {
		return e.fail(err)
	}
	ev := &evaluation{
		extractor: extract.New(set),
		scorer:    eval.NewScorer(set.Regions(), set.Sectors()),
		fields:    fields,
		out:       bufio.NewWriter(e.stdout),
		keep:      a.json,
	}
	for _, name := range args {
		if err := ev.file(ctx, e, name); err != nil {
			return e.fail(errors.Join(fmt.Errorf("eval: %w", err), ev.out.Flush()))
		}
	}
	report := ev.tally.Report()
	if a.json {
		report.Rules, report.Rejected, report.Faults = set.Version(), ev.bad, ev.faults
		err = writeJSON(ev.out, report)
	} else {
		writeScores(ev.out, report)
	}
	if err := errors.Join(err, ev.out.Flush()); err != nil {
		return e.fail(fmt.Errorf("eval: %w", err))
	}
	return a.verdict(e, ev, report)
}

// shown are the fields whose faults are wanted.
func (a *evalAction) shown() ([]eval.Field, error) {
	if a.summary {
		return nil, nil
	}
	if len(a.fields) == 0 {
		return eval.Fields(), nil
	}
	var fields []eval.Field
	var names []string
	for _, f := range eval.Fields() {
		names = append(names, f.String())
	}
	for _, name := range a.fields {
		f, err := eval.ParseField(name)
		if err != nil {
			return nil, usagef("--field: %w%s", err, didYouMean(name, names))
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// verdict is the exit code, with a word on why it is not 0.
func (a *evalAction) verdict(e *env, ev *evaluation, r *eval.Report) int {
	code := exitDone
	if ev.bad > 0 {
		code = exitFailed
	}
	if r.Articles == 0 {
		return e.fail(errors.New("eval: there are no labelled articles"))
	}
	if r.MacroF1 < a.floor {
		code = e.fail(fmt.Errorf("eval: macro F1 %.3f is below %.3f", r.MacroF1, a.floor))
	}
	for _, s := range r.Fields {
		if s.F1() < a.fieldFloor {
			code = e.fail(fmt.Errorf("eval: F1 of %s is %.3f, below %.3f", s.Field, s.F1(), a.fieldFloor))
		}
	}
	return code
}

// evaluation is one run over labelled articles.
type evaluation struct {
	extractor *extract.Extractor
	scorer    *eval.Scorer
	fields    []eval.Field // whose faults are shown
	out       *bufio.Writer
	keep      bool // faults go into faults, not to out

	tally  eval.Tally
	faults []eval.Fault
	bad    int // lines that are no labelled article
}

// file scores the articles of one file, on all cores, in their order.
func (ev *evaluation) file(ctx context.Context, e *env, name string) error {
	in, err := openInput(ctx, e, name, fromJSONL)
	if err != nil {
		return err
	}
	defer in.close()
	in.place = "%s:%d"
	return ordered(ctx, in.lines, ev.score, func(got scored) error {
		if got.err != nil {
			ev.bad++
			e.say("pakta: %v", got.err)
			return nil
		}
		ev.tally.Add(got.Result)
		return ev.tell(got.Faults)
	})
}

// scored is the result of one article, or why there is none.
type scored struct {
	eval.Result
	err error
}

func (ev *evaluation) score(in raw) scored {
	if in.err != nil {
		return scored{err: in.err}
	}
	a, err := eval.ParseArticle(in.text)
	if err != nil {
		return scored{err: fmt.Errorf("%s: %w", in.where, err)}
	}
	a.ID = cmp.Or(a.ID, articleID(&a.Article))
	a.Article = *extract.Normalize(&a.Article)
	return scored{Result: ev.scorer.Score(a, ev.extractor.Read(&a.Article))}
}

// tell shows the faults that are wanted, or keeps them.
func (ev *evaluation) tell(faults []eval.Fault) error {
	for _, f := range faults {
		if !slices.Contains(ev.fields, f.Field) {
			continue
		}
		if ev.keep {
			ev.faults = append(ev.faults, f)
			continue
		}
		what := "wrong"
		if f.Missed {
			what = "missed"
		}
		const longest = 600 // bytes; no sentence of a newsroom is longer
		_, err := fmt.Fprintf(ev.out, "%s\t%s\t%s\t%s\t%s\n", oneLine(f.Article, longest), f.Field, what, oneLine(f.Value, longest), oneLine(f.Sentence, longest))
		if err != nil {
			return err
		}
	}
	return nil
}

// writeJSON prints the report as one line.
func writeJSON(w io.Writer, r *eval.Report) error {
	line, err := marshalLine(r)
	if err != nil {
		return err
	}
	_, err = w.Write(line)
	return err
}

// writeScores prints the table of figures.
func writeScores(w io.Writer, r *eval.Report) {
	fmt.Fprintf(w, "%-24s %5s  %5s  %5s  %-13s %5s\n", "field", "P", "R", "F1", "95 %", "n")
	for _, s := range r.Fields {
		fmt.Fprintf(w, "%-24s %.3f  %.3f  %.3f  %.3f-%.3f  %5d\n", s.Field, s.Precision(), s.Recall(), s.F1(), s.Interval.Low, s.Interval.High, s.Cases())
	}
	fmt.Fprintf(w, "%d articles, macro F1 %.3f (%.3f-%.3f), lowest %.3f (%s)\n",
		r.Articles, r.MacroF1, r.Macro.Low, r.Macro.High, r.Lowest.F1(), r.Lowest.Field)
}
