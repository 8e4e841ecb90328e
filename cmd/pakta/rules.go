package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path/filepath"
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
				use:      "check",
				homeless: true,
				short:    "Check the rule files, those of --rules-dir included",
				long: `
Checks the tables and prints every mistake as file:line: files and columns that
do not exist, values that a column cannot have, ids that stand twice, codes
and laws that are unknown, forms that no text can hold or that two rows of a
table share, files that do not say where they come from.`,
				example: "\n  pakta rules check --rules-dir ./my-rules",
				args:    cobra.NoArgs, action: &rulesCheck{},
			},
			{
				use:      "show [TABLE [ID]]",
				homeless: true,
				short:    "Show the tables, the rows of one, or one row, and where they stand",
				long: `
Without arguments, shows the tables and how many rows each has; with a table,
its rows, all columns, and behind them the file and line each comes from: of the
program (rules/data) or of --rules-dir; with an id, that row, a column a line.`,
				example: `
  pakta rules show
  pakta rules show instruments
  pakta rules show instruments pks
  pakta rules show forums --rules-dir ./my-rules | grep my-rules`,
				args: cobra.MaximumNArgs(2), action: &rulesShow{},
			},
			{
				use:      "test [FIELD]...",
				homeless: true,
				short:    "Run the rules over their example sentences",
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
	overlays, err := openOverlays(e)
	if err != nil {
		return e.fail(err)
	}
	complaints := rules.Check(overlays...)
	for _, c := range complaints {
		c.File = ruleFile(e, c.File)
		fmt.Fprintln(e.stdout, c)
	}
	set, err := loadRules(e)
	if err != nil {
		return e.fail(usagef("rules: %d complaints, and extraction refuses to start", len(complaints)))
	}
	if len(complaints) > 0 {
		return e.fail(fmt.Errorf("rules: %d complaints", len(complaints)))
	}
	rows := 0
	for _, t := range set.Tables() {
		rows += len(set.Entries(t))
	}
	fmt.Fprintf(e.stdout, "rules %s: %d tables, %d rows, no complaints\n", set.Version(), len(set.Tables()), rows)
	return exitDone
}

// ruleFile is a rule file as the user may open it: those of an overlay stand
// in its folder.
func ruleFile(e *env, file string) string {
	if strings.HasPrefix(file, rules.BuiltinFolder+"/") {
		return file
	}
	return filepath.Join(e.rulesDir, file)
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
	} else if err := showTable(out, e, set, args); err != nil {
		return e.fail(err)
	}
	if err := out.Flush(); err != nil {
		return e.fail(err)
	}
	return exitDone
}

// showTable prints the rows of the table args[0], or the one whose id is
// args[1].
func showTable(out io.Writer, e *env, set *rules.Set, args []string) error {
	if !slices.Contains(set.Tables(), args[0]) {
		return usagef("no table is called %q%s", args[0], didYouMean(args[0], set.Tables()))
	}
	rows := set.Entries(args[0])
	if len(args) == 2 {
		return showRow(out, e, rows, args)
	}
	if len(rows) > 0 {
		fmt.Fprintf(out, "%s\tfrom\n", strings.Join(rows[0].Columns(), "\t"))
	}
	for i := range rows {
		for _, column := range rows[i].Columns() {
			fmt.Fprintf(out, "%s\t", rows[i].Attr(column))
		}
		fmt.Fprintf(out, "%s:%d\n", ruleFile(e, rows[i].File), rows[i].Line)
	}
	return nil
}

// showRow prints the row whose id is args[1], one column a line.
func showRow(out io.Writer, e *env, rows []rules.Entry, args []string) error {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
		if row.ID != args[1] {
			continue
		}
		for _, column := range row.Columns() {
			fmt.Fprintf(out, "%s: %s\n", column, row.Attr(column))
		}
		fmt.Fprintf(out, "from: %s:%d\n", ruleFile(e, row.File), row.Line)
		return nil
	}
	return usagef("%s has no row %q%s", args[0], args[1], didYouMean(args[1], ids))
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
