package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pakta"
	"pakta/archive"
)

func TestDoctor(t *testing.T) {
	crawled := func(t *testing.T) string {
		dir := newsroomDir(t, "delay: 0s")
		runBinary(t, "crawl", "--data", dir).want(t, exitDone)
		return dir
	}
	tests := []struct {
		name     string
		dir      func(t *testing.T) string
		args     []string
		wantCode int
		want     []string
	}{
		{"nothing yet", func(t *testing.T) string { return t.TempDir() }, nil, exitDone, []string{"no sources", "nothing is archived", "nothing is wrong"}},
		{"after a run", crawled, nil, exitDone, []string{"whole", "46 articles", "last new article", "nothing is wrong"}},
		{"run too old", func(t *testing.T) string {
			dir := t.TempDir()
			withRun(t, dir, time.Now().Add(-50*time.Hour))
			return dir
		}, nil, exitFailed, []string{"began 50h0m0s ago", "pakta schedule"}},
		{"run old, but that is all right", func(t *testing.T) string {
			dir := t.TempDir()
			withRun(t, dir, time.Now().Add(-50*time.Hour))
			return dir
		}, []string{"--max-age", "100h"}, exitDone, nil},
		{"index damaged", func(t *testing.T) string {
			dir := crawled(t)
			if err := os.Truncate(filepath.Join(dataDir(dir).index(), "store", "root.bolt"), 100); err != nil {
				t.Fatal(err)
			}
			return dir
		}, nil, exitFailed, []string{"root.bolt has 100 bytes", "made again"}},
		{"archive damaged", func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.WriteFile(dataDir(dir).archive(), []byte("no database at all"), 0o644); err != nil {
				t.Fatal(err)
			}
			return dir
		}, nil, exitFailed, []string{"damaged", "restore the backup"}},
		{"sources with alarms", sourcesWithAlarms, nil, exitFailed,
			[]string{"source dead", "unread: cannot be read (2 runs in a row)", "source never", "was not read yet", "pakta sources check dead"}},
		{"killed run", func(t *testing.T) string {
			dir := t.TempDir()
			store, err := archive.Open(t.Context(), dataDir(dir).archive())
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if _, err := store.BeginRun(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"--quick"}, exitDone, []string{"run 1 was killed", "goes on from there"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tt.dir(t)
			runBinary(t, append([]string{"doctor", "--data", dir}, tt.args...)...).want(t, tt.wantCode, tt.want...)
			var report struct {
				Healthy  *bool
				Findings []finding
			}
			out := runBinary(t, append([]string{"doctor", "--json", "--data", dir}, tt.args...)...)
			if err := json.Unmarshal([]byte(out.stdout), &report); err != nil || report.Healthy == nil || len(report.Findings) == 0 {
				t.Fatalf("doctor --json = %s (%v)", out.stdout, err)
			}
			if *report.Healthy != (tt.wantCode == exitDone) {
				t.Errorf("healthy %t with exit code %d", *report.Healthy, tt.wantCode)
			}
		})
	}
}

// sourcesWithAlarms is a data directory with three sources, of which one fares
// well.
func sourcesWithAlarms(t *testing.T) string {
	dir := t.TempDir()
	config := `sources: [{name: well, url: "https://a.example/"}, {name: dead, url: "https://b.example/"}, {name: never, url: "https://c.example/"}]`
	if err := os.WriteFile(filepath.Join(dir, "pakta.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	store, err := archive.Open(t.Context(), dataDir(dir).archive())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for night := range 2 {
		run := &pakta.Run{Started: time.Now().AddDate(0, 0, night-1).Add(-time.Hour), Finished: time.Now()}
		if run.ID, err = store.BeginRun(t.Context(), run.Started); err != nil {
			t.Fatal(err)
		}
		run.Sources = []pakta.SourceRun{
			{Source: "well", Requests: 9, Discovered: 3, Fetched: 3, New: 3, Complete: 3, LastNew: run.Started},
			{Source: "dead", Requests: 1, Problem: "cannot be read"},
			{Source: "no longer configured", Requests: 1, Problem: "cannot be read"},
		}
		if err := store.FinishRun(t.Context(), run); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestStatusShowsAlarms(t *testing.T) {
	runBinary(t, "status", "--data", sourcesWithAlarms(t)).want(t, exitDone, "dead: unread: cannot be read (2 runs in a row); open the site in a browser")
}
