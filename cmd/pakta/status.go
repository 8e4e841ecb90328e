package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
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
	Schedule *schedule     `json:"schedule"` // null: no process keeps one
	Runs     []pakta.Run   `json:"runs"`     // newest first
	// Sources is how each source fares, by name.
	Sources []crawler.Health `json:"sources"`
}

// examined is how many runs the sources are judged by: a quarter of nights.
const examined = 90

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
	r := &statusReport{Data: e.data, Runs: []pakta.Run{}, Sources: []crawler.Health{}}
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
	runs, err := store.Runs(ctx, max(a.runs, examined))
	if err != nil {
		return nil, err
	}
	r.Sources = crawler.Examine(runs)
	r.Runs = append(r.Runs, runs[:min(a.runs, len(runs))]...)
	if r.Schedule, err = runningSchedule(dataDir(e.data)); err != nil {
		return nil, err
	}
	r.Server, err = runningServer(dataDir(e.data))
	return r, err
}

// runningSchedule is the schedule of the directory, or nil when no process
// keeps one.
func runningSchedule(dir dataDir) (*schedule, error) {
	s, err := dir.readSchedule()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return &s, err
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
	if !alive(s.PID) {
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
	if r.Schedule != nil {
		fmt.Fprintf(w, "schedule next run %s (process %d)\n", r.Schedule.Next.In(pakta.WIB).Format(minuteLayout), r.Schedule.PID)
	} else {
		fmt.Fprintln(w, "schedule none kept by a process here")
	}
	if err := r.printRuns(w); err != nil {
		return err
	}
	return r.printSources(w)
}

// minuteLayout is how reports show a time.
const minuteLayout = "2006-01-02 15:04 MST"

// printSources shows how each source fares, and its alarms.
func (r *statusReport) printSources(w io.Writer) error {
	if len(r.Sources) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "source\tread\tfound\tnew\tcomplete\tagreements\terrors\tlast new\talarms")
	for _, h := range r.Sources {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n", oneLine(h.Source, 40), shortTime(h.Read), h.Last.Discovered, h.Last.New,
			h.Last.Complete, h.Last.Relevant, sum(h.Last.Errors), shortTime(h.LastNew), alarmNames(h.Alarms))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, h := range r.Sources {
		for _, a := range h.Alarms {
			fmt.Fprintf(w, "%s: %s: %s; %s\n", h.Source, a.Kind, oneLine(a.Message, 300), a.Advice)
		}
	}
	return nil
}

func shortTime(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.In(pakta.WIB).Format(minuteLayout)
}

func sum(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

func alarmNames(alarms []crawler.Alarm) string {
	var names []string
	for _, a := range alarms {
		names = append(names, string(a.Kind))
	}
	return strings.Join(names, ", ")
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
			run.ID, run.Started.In(pakta.WIB).Format(minuteLayout), took, t.Fetched, t.Failed, t.Pending, run.Agreements, end)
	}
	return table.Flush()
}
