package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"pakta"
)

// columns are the counts of the run report, in its order.
var columns = []struct {
	head  string
	count func(pakta.SourceRun) int
}{
	{"discovered", func(s pakta.SourceRun) int { return s.Discovered }},
	{"fetched", func(s pakta.SourceRun) int { return s.Fetched }},
	{"unchanged", func(s pakta.SourceRun) int { return s.Unchanged }},
	{"gone", func(s pakta.SourceRun) int { return s.Gone }},
	{"refused", func(s pakta.SourceRun) int { return s.Refused }},
	{"failed", func(s pakta.SourceRun) int { return s.Failed }},
	{"rejected", func(s pakta.SourceRun) int { return s.Rejected }},
	{"skipped", func(s pakta.SourceRun) int { return s.Skipped }},
	{"pending", func(s pakta.SourceRun) int { return s.Pending }},
	{"known", func(s pakta.SourceRun) int { return s.Known }},
	{"new", func(s pakta.SourceRun) int { return s.New }},
	{"complete", func(s pakta.SourceRun) int { return s.Complete }},
	{"relevant", func(s pakta.SourceRun) int { return s.Relevant }},
	{"requests", func(s pakta.SourceRun) int { return s.Requests }},
}

// writeReport prints what a run did: a table with a row a source, what went
// wrong, and one line that sums up.
func writeReport(w io.Writer, run *pakta.Run) error {
	took := run.Finished.Sub(run.Started).Round(10 * time.Millisecond)
	fmt.Fprintf(w, "run %d: %s, %s\n", run.ID, run.Started.In(pakta.WIB).Format(minuteLayout), took)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "source\tmethod\t")
	for _, c := range columns {
		fmt.Fprint(table, c.head, "\t")
	}
	fmt.Fprintln(table)
	for _, s := range run.Sources {
		writeRow(table, s.Source, s.Method, s)
	}
	writeRow(table, "total", "", total(run))
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print report: %w", err)
	}
	for _, s := range run.Sources {
		writeProblems(w, s)
	}
	_, err := fmt.Fprintln(w, conclusion(run))
	return err
}

func writeRow(w io.Writer, name, method string, s pakta.SourceRun) {
	fmt.Fprintf(w, "%s\t%s\t", oneLine(name, 40), method)
	for _, c := range columns {
		fmt.Fprintf(w, "%d\t", c.count(s))
	}
	fmt.Fprintln(w)
}

// writeProblems prints what went wrong with a source.
func writeProblems(w io.Writer, s pakta.SourceRun) {
	if s.Problem != "" {
		fmt.Fprintf(w, "%s: %s\n", s.Source, oneLine(s.Problem, 300))
	}
	if s.NoIndex > 0 {
		fmt.Fprintf(w, "%s: %d articles ask not to be indexed\n", s.Source, s.NoIndex)
	}
	if len(s.Errors) == 0 {
		return
	}
	var parts []string
	for _, class := range slices.Sorted(maps.Keys(s.Errors)) {
		parts = append(parts, fmt.Sprintf("%s %d", class, s.Errors[class]))
	}
	fmt.Fprintf(w, "%s: errors: %s\n", s.Source, strings.Join(parts, ", "))
}

// total sums up the sources of a run.
func total(run *pakta.Run) pakta.SourceRun {
	var t pakta.SourceRun
	for _, s := range run.Sources {
		t.Discovered += s.Discovered
		t.Fetched += s.Fetched
		t.New += s.New
		t.Complete += s.Complete
		t.Unchanged += s.Unchanged
		t.Gone += s.Gone
		t.Refused += s.Refused
		t.Failed += s.Failed
		t.Rejected += s.Rejected
		t.Skipped += s.Skipped
		t.Pending += s.Pending
		t.Known += s.Known
		t.Relevant += s.Relevant
		t.Requests += s.Requests
	}
	return t
}

// conclusion is the last line of a report.
func conclusion(run *pakta.Run) string {
	t := total(run)
	switch {
	case run.Error == stopped:
		return fmt.Sprintf("stopped: %d articles fetched, %d left; run again to go on", t.Fetched, t.Pending)
	case run.Error != "":
		return "failed: " + run.Error
	case t.Fetched == 0 && run.Agreements == 0:
		return "nothing new"
	}
	return fmt.Sprintf("%d articles fetched, %d report agreements; %d agreements added or changed", t.Fetched, t.Relevant, run.Agreements)
}
