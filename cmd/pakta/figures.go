package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/index"
	"pakta/web"
)

// figures are the numbers that the server shows to a monitor.
func figures(ctx context.Context, dir dataDir, store *archive.Archive, ix *index.Index) ([]web.Figure, error) {
	stats, err := store.Stats(ctx)
	if err != nil {
		return nil, err
	}
	runs, err := store.Runs(ctx, examined)
	if err != nil {
		return nil, err
	}
	seq, err := store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	out := archiveFigures(stats)
	out = append(out,
		web.Figure{Name: "pakta_changes_not_indexed", Help: "Changes of agreements that the index has not followed yet.", Value: float64(seq - ix.Seq())})
	out = append(out, runFigures(runs)...)
	out = append(out, sourceFigures(crawler.Examine(runs))...)
	if s, err := dir.readSchedule(); err == nil {
		out = append(out, web.Figure{Name: "pakta_next_run_timestamp_seconds", Help: "When the next scheduled run begins.", Value: seconds(s.Next)})
	}
	return out, nil
}

func archiveFigures(s archive.Stats) []web.Figure {
	out := []web.Figure{
		{Name: "pakta_pages", Help: "Pages archived.", Value: float64(s.Pages)},
		{Name: "pakta_articles", Help: "Articles archived.", Value: float64(s.Articles)},
		{Name: "pakta_relevant_records", Help: "Articles that report an agreement.", Value: float64(s.Relevant)},
		{Name: "pakta_agreements", Help: "Agreements.", Value: float64(s.Agreements)},
	}
	for _, state := range pakta.AddressStates() {
		out = append(out, web.Figure{Name: "pakta_addresses", Help: "Addresses by state.", Labels: []string{"state", string(state)}, Value: float64(s.Addresses[state])})
	}
	return out
}

// runFigures are those of the last run; none before the first.
func runFigures(runs []pakta.Run) []web.Figure {
	if len(runs) == 0 {
		return nil
	}
	last := runs[0]
	ok := 0.0
	if !last.Finished.IsZero() && last.Error == "" {
		ok = 1
	}
	return []web.Figure{
		{Name: "pakta_last_run_timestamp_seconds", Help: "When the last run began.", Value: seconds(last.Started)},
		{Name: "pakta_last_run_done", Help: "1 when the last run came to its end without an error.", Value: ok},
		{Name: "pakta_last_run_agreements", Help: "Agreements that the last run added or changed.", Value: float64(last.Agreements)},
	}
}

// sourceFigures are those of each source, in its last run.
func sourceFigures(all []crawler.Health) []web.Figure {
	var out []web.Figure
	each := func(name, help string, value func(crawler.Health) float64) {
		for _, h := range all {
			out = append(out, web.Figure{Name: name, Help: help, Labels: []string{"source", h.Source}, Value: value(h)})
		}
	}
	each("pakta_source_found", "Addresses that the last run took up.", func(h crawler.Health) float64 { return float64(h.Last.Discovered) })
	each("pakta_source_new", "New articles of the last run.", func(h crawler.Health) float64 { return float64(h.Last.New) })
	each("pakta_source_complete", "Articles of the last run with title, date and text.", func(h crawler.Health) float64 { return float64(h.Last.Complete) })
	each("pakta_source_relevant", "Articles of the last run that report an agreement.", func(h crawler.Health) float64 { return float64(h.Last.Relevant) })
	each("pakta_source_last_new_timestamp_seconds", "When the source last had a new article; 0: never.", func(h crawler.Health) float64 { return seconds(h.LastNew) })
	for _, h := range all {
		for _, class := range slices.Sorted(maps.Keys(h.Last.Errors)) {
			out = append(out, web.Figure{Name: "pakta_source_errors", Help: "Errors of the last run, by class.",
				Labels: []string{"source", h.Source, "class", class}, Value: float64(h.Last.Errors[class])})
		}
	}
	for _, h := range all {
		for _, kind := range crawler.AlarmKinds() {
			on := 0.0
			if slices.ContainsFunc(h.Alarms, func(a crawler.Alarm) bool { return a.Kind == kind }) {
				on = 1
			}
			out = append(out, web.Figure{Name: "pakta_source_alarm", Help: "1 when something is wrong with the source.",
				Labels: []string{"source", h.Source, "kind", string(kind)}, Value: on})
		}
	}
	return out
}

// seconds is a time as Prometheus has it; 0 for the unknown one.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}

// sourceStates is how the sources fare, for the status page.
func sourceStates(ctx context.Context, store *archive.Archive) ([]web.SourceState, error) {
	runs, err := store.Runs(ctx, examined)
	if err != nil {
		return nil, err
	}
	var out []web.SourceState
	for _, h := range crawler.Examine(runs) {
		s := web.SourceState{Name: h.Source, Read: h.Read, LastNew: h.LastNew, New: h.Last.New, Complete: h.Last.Complete}
		for _, a := range h.Alarms {
			s.Alarms = append(s.Alarms, string(a.Kind))
		}
		out = append(out, s)
	}
	return out, nil
}
