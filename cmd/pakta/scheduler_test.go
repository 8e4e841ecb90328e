package main

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
)

// withRun leaves the report of a finished run over some sources in a data
// directory.
func withRun(t *testing.T, dir string, started time.Time, sources ...string) {
	t.Helper()
	store, err := archive.Open(t.Context(), dataDir(dir).archive())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	run := &pakta.Run{Started: started, Finished: started.Add(time.Hour)}
	if run.ID, err = store.BeginRun(t.Context(), started); err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		run.Sources = append(run.Sources, pakta.SourceRun{Source: s, Requests: 1, Known: 1})
	}
	if err := store.FinishRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
}

// newTestScheduler keeps a schedule of every night at two for two sources.
func newTestScheduler(t *testing.T, night nightWindow) *scheduler {
	t.Helper()
	e := &env{data: t.TempDir(), stdout: os.Stdout, stderr: os.Stderr,
		sources: []source{{name: "a", url: "https://a.example/"}, {name: "b", url: "https://b.example/"}}}
	s, err := newScheduler(e, clockFlags{cron: "0 2 * * *", zone: "Asia/Jakarta", night: night}, crawlFlags{concurrency: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMissedRun(t *testing.T) {
	noon := time.Date(2026, 3, 12, 12, 0, 0, 0, pakta.WIB)
	two := time.Date(2026, 3, 13, 2, 0, 0, 0, pakta.WIB)
	tests := []struct {
		name    string
		last    time.Time // the last run
		sources []string
		night   nightWindow
		want    time.Time
	}{
		{name: "never ran", want: two},
		{name: "ran last night", last: noon.Add(-10 * time.Hour), sources: []string{"a", "b"}, want: two},
		{name: "missed last night", last: noon.Add(-20 * time.Hour), sources: []string{"a", "b"}, want: noon},
		{name: "ran last night, over one source only", last: noon.Add(-20 * time.Hour), sources: []string{"a"}, want: noon},
		{name: "missed, but it is day", last: noon.Add(-20 * time.Hour), sources: []string{"a", "b"}, night: nightWindow{22 * 60, 5 * 60}, want: two},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTestScheduler(t, tt.night)
			if !tt.last.IsZero() {
				withRun(t, s.e.data, tt.last, tt.sources...)
			}
			if got := s.first(t.Context(), noon); !got.at.Equal(tt.want) || len(got.sources) != 2 {
				t.Errorf("first(%s) = %s over %d sources (%s), want %s over 2", noon, got.at, len(got.sources), got.why, tt.want)
			}
		})
	}
}

// TestEarlyReading: a source whose feed overflows is read before the night,
// alone, within the night window, and not again and again.
func TestEarlyReading(t *testing.T) {
	noon := time.Date(2026, 3, 12, 12, 0, 0, 0, pakta.WIB)
	two := time.Date(2026, 3, 13, 2, 0, 0, 0, pakta.WIB)
	night := nightWindow{22 * 60, 5 * 60}
	for _, tt := range []struct {
		name        string
		poll        time.Time
		night       nightWindow
		want        time.Time
		wantSources int
	}{
		{"in three hours", noon.Add(3 * time.Hour), nightWindow{}, noon.Add(3 * time.Hour), 1},
		{"hours ago", noon.Add(-3 * time.Hour), nightWindow{}, noon.Add(pollPause), 1},
		{"tomorrow", noon.Add(30 * time.Hour), nightWindow{}, two, 2},
		{"by day, which is not allowed", noon.Add(3 * time.Hour), night, two, 2},
		{"in the night", noon.Add(11 * time.Hour), night, noon.Add(11 * time.Hour), 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newTestScheduler(t, tt.night)
			store, err := archive.Open(t.Context(), dataDir(s.e.data).archive())
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if err := store.SaveSourceState(t.Context(), pakta.SourceState{Name: "b", Poll: tt.poll.UTC()}); err != nil {
				t.Fatal(err)
			}
			got := s.next(t.Context(), noon)
			if !got.at.Equal(tt.want) || len(got.sources) != tt.wantSources {
				t.Errorf("next(%s) = %s over %d sources, want %s over %d", noon, got.at, len(got.sources), tt.want, tt.wantSources)
			}
			if one := (crawler.Source{Name: "b", URL: "https://b.example/"}); tt.wantSources == 1 && got.sources[0] != one {
				t.Errorf("next(%s) reads %+v, want %+v", noon, got.sources[0], one)
			}
		})
	}
}

// TestNights lets the clock run for days: runs begin in the night window and
// nowhere else, end with it, and never overlap, however long they would last.
func TestNights(t *testing.T) {
	jakarta := func(day, hour, minute int) time.Time { return time.Date(2000, 1, day, hour, minute, 0, 0, pakta.WIB) }
	type span struct{ begin, end time.Time }
	for _, tt := range []struct {
		name  string
		cron  string
		night nightWindow
		lasts time.Duration
		want  []span // until the morning of the third; the clock begins on the first at 07:00
	}{
		{"short runs", "0 2 * * *", nightWindow{22 * 60, 5 * 60}, time.Hour, []span{{jakarta(2, 2, 0), jakarta(2, 3, 0)}, {jakarta(3, 2, 0), jakarta(3, 3, 0)}}},
		{"runs that would last into the day", "0 2 * * *", nightWindow{22 * 60, 5 * 60}, 9 * time.Hour, []span{{jakarta(2, 2, 0), jakarta(2, 5, 0)}, {jakarta(3, 2, 0), jakarta(3, 5, 0)}}},
		{"a timetable of day and night", "30 */6 * * *", nightWindow{22 * 60, 5 * 60}, time.Hour, []span{{jakarta(2, 0, 30), jakarta(2, 1, 30)}, {jakarta(3, 0, 30), jakarta(3, 1, 30)}}},
		{"runs longer than the pause between them", "0 * * * *", nightWindow{1 * 60, 5 * 60}, 90 * time.Minute, []span{
			{jakarta(2, 1, 0), jakarta(2, 2, 30)}, {jakarta(2, 3, 0), jakarta(2, 4, 30)}, {jakarta(3, 1, 0), jakarta(3, 2, 30)}, {jakarta(3, 3, 0), jakarta(3, 4, 30)}}},
		{"no window, days long", "0 2 * * *", nightWindow{}, 28 * time.Hour, []span{{jakarta(2, 2, 0), jakarta(3, 6, 0)}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newTestScheduler(t, tt.night)
				var err error
				if s.table, err = (&clockFlags{cron: tt.cron, zone: "Asia/Jakarta", night: tt.night}).timetable(time.Now()); err != nil {
					t.Fatal(err)
				}
				var got []span
				s.make = func(ctx context.Context, _ *env, _ crawlJob) (*pakta.Run, error) {
					begin := time.Now()
					select {
					case <-time.After(tt.lasts):
					case <-ctx.Done():
					}
					got = append(got, span{begin.In(pakta.WIB), time.Now().In(pakta.WIB)})
					return nil, nil
				}
				ctx, cancel := context.WithDeadline(t.Context(), jakarta(3, 7, 0))
				defer cancel()
				if err := s.run(ctx); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(span{})); diff != "" {
					t.Errorf("runs (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestServeWithSchedule: one process makes the run that was missed and serves
// what it found, and status knows of both.
func TestServeWithSchedule(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	withRun(t, dir, time.Now().Add(-72*time.Hour))
	c, base := startServer(t, dir, "--schedule")
	eventually(t, 20*time.Second, "the missed run's agreements are served", func() bool {
		answer := get(base + "/api/v1/search")
		return strings.Contains(answer, `"total":`) && !strings.Contains(answer, `"total":0,`)
	})
	eventually(t, 20*time.Second, "status shows the next run", func() bool {
		return strings.Contains(runBinary(t, "status", "--data", dir).stdout, "02:00 WIB (process")
	})
	runBinary(t, "status", "--data", dir).want(t, exitDone, "server   http://127.0.0.1:")
	runBinary(t, "doctor", "--data", dir).want(t, exitDone, "nothing is wrong")
	monitored := get(base + "/metrics")
	for _, want := range []string{"pakta_articles 46\n", "pakta_last_run_done 1\n", `pakta_source_new{source="kabar-nusa"} 17`,
		`pakta_source_alarm{source="kabar-nusa",kind="quiet"} 0`, "pakta_changes_not_indexed 0\n", "pakta_next_run_timestamp_seconds "} {
		if !strings.Contains(monitored, want) {
			t.Errorf("/metrics lacks %q:\n%s", want, monitored)
		}
	}
	if page := get(base + "/status"); !strings.Contains(page, "Artikel baru terakhir") || !strings.Contains(page, "warta-serambi") {
		t.Errorf("the status page lacks the sources:\n%s", page)
	}
	c.cmd.Process.Signal(os.Interrupt)
	c.wait(t).want(t, exitDone, "missed at", "articles fetched")
	for _, left := range []string{dataDir(dir).schedule(), dataDir(dir).server()} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s was left behind", left)
		}
	}
}
