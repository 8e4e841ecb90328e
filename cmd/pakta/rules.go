package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pakta/extract"
	"pakta/rules"
)

func rulesCommand() command {
	return command{
		use:   "rules",
		short: "Check, show and test what the extraction knows",
		sub: []command{
			{
				use:     "check",
				short:   "Check the rule files, those of --rules-dir included",
				example: "\n  pakta rules check --rules-dir ./my-rules",
				args:    cobra.NoArgs, action: &rulesCheck{},
			},
			{
				use:   "show [TABLE [ID]]",
				short: "Show the tables, the rows of one, or one row and where it stands",
				example: `
  pakta rules show
  pakta rules show instruments`,
				args: cobra.MaximumNArgs(2), action: &rulesShow{},
			},
			{
				use:   "test [FIELD]...",
				short: "Run the rules over their example sentences",
				example: `
  pakta rules test
  pakta rules test date region --rules-dir ./my-rules`,
				action: &rulesTest{},
			},
		},
	}
}

type rulesCheck struct{}

func (*rulesCheck) register(*flags) {}

func (*rulesCheck) run(_ context.Context, e *env, _ []string) int {
	set, err := loadRules(e)
	if err != nil {
		return e.fail(err)
	}
	rows := 0
	for _, t := range set.Tables() {
		rows += len(set.Entries(t))
	}
	fmt.Fprintf(e.stdout, "rules %s: %d tables, %d rows, no complaints\n", set.Version(), len(set.Tables()), rows)
	return exitDone
}

type rulesShow struct{}

func (*rulesShow) register(*flags) {}

func (*rulesShow) run(_ context.Context, e *env, args []string) int {
	set, err := loadRules(e)
	if err != nil {
		return e.fail(err)
	}
	out := bufio.NewWriter(e.stdout)
	if len(args) == 0 {
		for _, t := range set.Tables() {
			fmt.Fprintf(out, "%s\t%d\n", t, len(set.Entries(t)))
		}
	} else if err := showTable(out, set, args); err != nil {
		return e.fail(err)
	}
	if err := out.Flush(); err != nil {
		return e.fail(err)
	}
	return exitDone
}

// showTable prints the rows of the table args[0], or the one whose id is
// args[1].
func showTable(out *bufio.Writer, set *rules.Set, args []string) error {
	if !slices.Contains(set.Tables(), args[0]) {
		return usagef("no table is called %q%s", args[0], didYouMean(args[0], set.Tables()))
	}
	var ids []string
	shown := 0
	for _, row := range set.Entries(args[0]) {
		ids = append(ids, row.ID)
		if len(args) == 2 && row.ID != args[1] {
			continue
		}
		shown++
		fmt.Fprintf(out, "%s\t%s\t%s:%d\n", row.ID, strings.Join(row.Forms, "; "), row.File, row.Line)
	}
	if shown == 0 && len(args) == 2 {
		return usagef("%s has no row %q%s", args[0], args[1], didYouMean(args[1], ids))
	}
	return nil
}

type rulesTest struct{}

func (*rulesTest) register(*flags) {}

func (*rulesTest) run(_ context.Context, e *env, args []string) int {
	for _, field := range args {
		if !slices.Contains(extract.CorpusFields(), field) {
			return e.fail(usagef("no examples are about %q%s", field, didYouMean(field, extract.CorpusFields())))
		}
	}
	set, err := loadRules(e)
	if err != nil {
		return e.fail(err)
	}
	examples, err := extract.BuiltinExamples()
	if err != nil {
		return e.fail(fmt.Errorf("read examples: %w", err))
	}
	x := extract.New(set)
	run, failed := 0, 0
	for _, ex := range examples {
		if len(args) > 0 && !slices.Contains(args, ex.Field) {
			continue
		}
		run++
		if problem := ex.Check(x); problem != "" {
			failed++
			fmt.Fprintf(e.stdout, "%s:%d: %s\n", ex.File, ex.Line, problem)
		}
	}
	fmt.Fprintf(e.stdout, "%d examples, %d failed\n", run, failed)
	if failed > 0 {
		return exitFailed
	}
	return exitDone
}
