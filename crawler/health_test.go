package crawler

import (
	"slices"
	"testing"
	"time"

	"pakta"
)

// nights makes a run a night of one source from what each night did.
func nights(of ...pakta.SourceRun) []pakta.Run {
	start := time.Date(2026, 1, 1, 19, 0, 0, 0, time.UTC)
	var last time.Time
	var runs []pakta.Run
	for i, s := range of {
		at := start.AddDate(0, 0, i)
		if s.New > 0 {
			last = at
		}
		s.Source, s.LastNew, s.Requests = "x", last, 3
		runs = append(runs, pakta.Run{ID: int64(i), Started: at, Finished: at.Add(time.Hour), Sources: []pakta.SourceRun{s}})
	}
	return runs
}

func times(n int, s ...pakta.SourceRun) []pakta.SourceRun { return slices.Repeat(s, n) }

func TestExamine(t *testing.T) {
	good := pakta.SourceRun{Discovered: 6, Fetched: 6, New: 6, Complete: 6}
	bare := pakta.SourceRun{Discovered: 6, Fetched: 6, New: 6}
	still := pakta.SourceRun{Known: 10}
	weekly := append([]pakta.SourceRun{good}, times(6, still)...)
	broken := pakta.SourceRun{Problem: "cannot be read: status 500"}
	failing := pakta.SourceRun{Discovered: 8, Failed: 7, Fetched: 1, New: 1, Complete: 1}
	chaff := pakta.SourceRun{Discovered: 8, Rejected: 7, Fetched: 1, New: 1, Complete: 1}
	tests := []struct {
		name   string
		nights []pakta.SourceRun
		want   []AlarmKind
	}{
		{"never read", nil, nil},
		{"every night new", times(30, good), nil},
		{"a long weekend", append(times(20, good), times(3, still)...), nil},
		{"daily, then silent", append(times(20, good), times(5, still)...), []AlarmKind{AlarmQuiet}},
		{"weekly, in its pause", append(times(6, weekly...), times(8, still)...), nil},
		{"weekly, silent for a month", append(times(6, weekly...), times(30, still)...), []AlarmKind{AlarmQuiet}},
		{"young, silent for a week", append(times(2, good), times(7, still)...), nil},
		{"young, silent for a month", append(times(2, good), times(30, still)...), []AlarmKind{AlarmQuiet}},
		{"text lost", append(times(10, good), bare), []AlarmKind{AlarmTextLost}},
		{"text never there", times(4, bare), []AlarmKind{AlarmTextLost}},
		{"text lost long ago", append(times(10, good), times(60, bare)...), nil}, // its past is what it is used to
		{"cannot be read", append(times(10, good), broken, broken), []AlarmKind{AlarmUnread}},
		{"was broken once", append(times(10, good), broken, good), nil},
		{"pages fail", append(times(10, good), failing), []AlarmKind{AlarmFailing}},
		{"no articles any more", append(times(10, good), chaff), []AlarmKind{AlarmRejected}},
		{"chaff as ever", append(times(10, chaff), chaff), nil},
		{"listings are empty", append(times(10, good), pakta.SourceRun{}), []AlarmKind{AlarmEmpty}},
		{"listings were always empty", times(2, pakta.SourceRun{}), []AlarmKind{AlarmEmpty}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			runs := nights(tt.nights...)
			slices.Reverse(runs) // as the archive gives them
			var got []AlarmKind
			for _, h := range Examine(runs) {
				if h.Source != "x" || h.Runs != len(runs) || !h.Read.Equal(runs[0].Started) {
					t.Errorf("health of %s over %d runs, read %s; want x, %d, %s", h.Source, h.Runs, h.Read, len(runs), runs[0].Started)
				}
				for _, a := range h.Alarms {
					got = append(got, a.Kind)
					if a.Message == "" || a.Advice == "" {
						t.Errorf("alarm %s: message %q, advice %q", a.Kind, a.Message, a.Advice)
					}
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("alarms %v, want %v", got, tt.want)
			}
		})
	}
}
