package main

import (
	"os"
	"testing"
	"time"
)

func TestNightWindow(t *testing.T) {
	at := func(clock string) time.Time {
		v, err := time.Parse("15:04:05", clock)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, tt := range []struct {
		window, clock string
		wantLeft      time.Duration
		wantOpen      bool
	}{
		{"", "12:00:00", 0, true},
		{"22:00-05:00", "22:00:00", 7 * time.Hour, true},
		{"22:00-05:00", "02:30:30", 2*time.Hour + 29*time.Minute + 30*time.Second, true},
		{"22:00-05:00", "05:00:00", 0, false},
		{"22:00-05:00", "12:00:00", 0, false},
		{"01:00-05:00", "01:00:00", 4 * time.Hour, true},
		{"01:00-05:00", "00:59:59", 0, false},
	} {
		var w nightWindow
		if err := w.Set(tt.window); err != nil {
			t.Fatal(err)
		}
		if w.String() != tt.window {
			t.Errorf("Set(%q).String() = %q", tt.window, w.String())
		}
		if left, open := w.left(at(tt.clock)); left != tt.wantLeft || open != tt.wantOpen {
			t.Errorf("%q.left(%s) = %s, %t, want %s, %t", tt.window, tt.clock, left, open, tt.wantLeft, tt.wantOpen)
		}
	}
	for _, bad := range []string{"22", "22:00-", "22:00-22:00", "25:00-05:00", "a-b"} {
		if err := new(nightWindow).Set(bad); err == nil {
			t.Errorf("Set(%q) = nil, want an error", bad)
		}
	}
}

func TestTimetable(t *testing.T) {
	a := &clockFlags{cron: "0 2 * * *", zone: "Asia/Jakarta"}
	now := time.Date(2026, 3, 12, 20, 0, 0, 0, time.UTC) // 03:00 in Jakarta
	table, err := a.timetable(now)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := table.next(now).UTC(), time.Date(2026, 3, 13, 19, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("next(%s) = %s, want %s", now, got, want)
	}
	a.cron = "0 */6 * * *"
	a.night = nightWindow{22 * 60, 5 * 60}
	if table, err = a.timetable(now); err != nil {
		t.Fatal(err)
	}
	if got, want := table.next(now).UTC(), time.Date(2026, 3, 13, 17, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("next(%s) in the window = %s, want %s", now, got, want)
	}
	for _, bad := range []clockFlags{
		{cron: "0 12 * * *", zone: "Asia/Jakarta", night: nightWindow{22 * 60, 5 * 60}},
		{cron: "0 2 * *", zone: "Asia/Jakarta"},
		{cron: "0 2 31 2 *", zone: "Asia/Jakarta"},
		{cron: "0 2 * * *", zone: "Jakarta"},
	} {
		if _, err := bad.timetable(now); err == nil {
			t.Errorf("timetable of %+v: no error", bad)
		}
	}
}

func TestScheduleEndsCleanly(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	c := start(t, "schedule", "--data", dir, "--cron", "0 2 * * *")
	time.Sleep(200 * time.Millisecond) // it has nothing to show but its log, which is read at the end
	c.cmd.Process.Signal(os.Interrupt)
	c.wait(t).want(t, exitDone, "next run", "T02:00:00+07:00")
}
