package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/archive"
)

func statusCommand() command {
	return command{
		use:   "status [flags]",
		short: "Show what is archived, the last runs, and whether a server runs",
		example: `
  pakta status
  pakta status --json`,
		args:   cobra.NoArgs,
		action: &statusAction{},
	}
}

type statusAction struct {
	json bool
	runs int
}

func (a *statusAction) register(f *flags) {
	f.BoolVar(&a.json, "json", false, "print JSON")
	f.IntVar(&a.runs, "runs", 5, "show the last `N` runs")
}

// statusReport is what status prints as JSON.
type statusReport struct {
	Data     string        `json:"data"`
	Archived bool          `json:"archived"` // false: nothing yet, and Counts is zero
	Counts   archive.Stats `json:"counts"`
	LastSeq  int64         `json:"last_seq"` // sequence number of the last change
	Server   *server       `json:"server"`   // null: none runs
	Runs     []pakta.Run   `json:"runs"`     // newest first
}

func (a *statusAction) run(ctx context.Context, e *env, _ []string) int {
	if a.runs < 0 {
		return e.fail(usagef("--runs %d: want 0 or more", a.runs))
	}
	report, err := a.report(ctx, e)
	if err != nil {
		return e.fail(fmt.Errorf("status: %w", err))
	}
	if a.json {
		line, err := marshalLine(report)
		if err != nil {
			return e.fail(err)
		}
		if _, err := e.stdout.Write(line); err != nil {
			return e.fail(err)
		}
		return exitDone
	}
	if err := report.print(e.stdout); err != nil {
		return e.fail(err)
	}
	return exitDone
}

func (a *statusAction) report(ctx context.Context, e *env) (*statusReport, error) {
	r := &statusReport{Data: e.data, Runs: []pakta.Run{}}
	if !dataDir(e.data).exists() {
		return r, nil
	}
	store, err := archive.Open(ctx, dataDir(e.data).archive())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	r.Archived = true
	if r.Counts, err = store.Stats(ctx); err != nil {
		return nil, err
	}
	if r.LastSeq, err = store.LastSeq(ctx); err != nil {
		return nil, err
	}
	if runs, err := store.Runs(ctx, a.runs); err != nil {
		return nil, err
	} else if runs != nil {
		r.Runs = runs
	}
	r.Server, err = runningServer(dataDir(e.data))
	return r, err
}

// runningServer is the server of the directory, or nil when its process is no
// more.
func runningServer(dir dataDir) (*server, error) {
	s, err := dir.readServer()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := syscall.Kill(s.PID, 0); errors.Is(err, syscall.ESRCH) {
		return nil, nil // it was killed and could not take its announcement back
	}
	return &s, nil
}

func (r *statusReport) print(w io.Writer) error {
	fmt.Fprintf(w, "data     %s\n", r.Data)
	if !r.Archived {
		_, err := fmt.Fprintln(w, `nothing is archived yet; run "pakta crawl" or "pakta demo"`)
		return err
	}
	fmt.Fprintf(w, "archive  %d pages, %d articles, %d records (%d report an agreement), %d agreements\n",
		r.Counts.Pages, r.Counts.Articles, r.Counts.Records, r.Counts.Relevant, r.Counts.Agreements)
	fmt.Fprint(w, "found    ")
	for _, state := range pakta.AddressStates() {
		if n := r.Counts.Addresses[state]; n > 0 {
			fmt.Fprintf(w, "%d %s  ", n, state)
		}
	}
	fmt.Fprintln(w)
	if r.Server != nil {
		fmt.Fprintf(w, "server   http://%s/ (process %d)\n", r.Server.Address, r.Server.PID)
	} else {
		fmt.Fprintln(w, "server   none")
	}
	return r.printRuns(w)
}

func (r *statusReport) printRuns(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "run\tstarted\ttook\tfetched\tfailed\tpending\tagreements\tend")
	for _, run := range r.Runs {
		took, end := "", "running or killed"
		if !run.Finished.IsZero() {
			took, end = run.Finished.Sub(run.Started).Round(1e8).String(), "done"
		}
		if run.Error != "" {
			end = oneLine(run.Error, 80)
		}
		t := total(&run)
		fmt.Fprintf(table, "%d\t%s\t%s\t%d\t%d\t%d\t%d\t%s\n",
			run.ID, run.Started.In(pakta.WIB).Format("2006-01-02 15:04 MST"), took, t.Fetched, t.Failed, t.Pending, run.Agreements, end)
	}
	return table.Flush()
}
