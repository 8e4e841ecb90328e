package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/spf13/cobra"
)

// lookAhead is how many runs of a schedule are checked against the night
// window: a year of nights.
const lookAhead = 366

func scheduleCommand() command {
	return command{
		use:   "schedule [flags]",
		short: "Crawl every night, or whenever a cron expression says",
		long: `
Makes the runs of "pakta crawl" by the clock until Ctrl-C. A run that was missed
because nothing ran at its time is made at the start. Sources whose feeds change
faster than they are read are read again in between. Two runs never work at once
on a data directory: when another process crawls, the run is left out and
logged. With a night window, runs begin in it only, and one that lasts longer is
stopped at its end; the next goes on.

"pakta status" shows the next run. "pakta serve --schedule" does the same beside
the pages.`,
		example: `
  pakta schedule
  pakta schedule --cron "0 1,4 * * *" --night 22:00-05:00`,
		args:   cobra.NoArgs,
		action: &scheduleAction{},
	}
}

type scheduleAction struct {
	crawlFlags
	clockFlags
}

func (a *scheduleAction) register(f *flags) {
	a.crawlFlags.register(f)
	a.clockFlags.register(f)
}

func (a *scheduleAction) run(ctx context.Context, e *env, _ []string) int {
	s, err := newScheduler(e, a.clockFlags, a.crawlFlags)
	if err != nil {
		return e.fail(err)
	}
	if err := s.run(ctx); err != nil {
		return e.fail(err)
	}
	return exitDone
}

// clockFlags say when runs begin; schedule and serve have them.
type clockFlags struct {
	cron  string
	zone  string
	night nightWindow
}

func (c *clockFlags) register(f *flags) {
	f.StringVar(&c.cron, "cron", "0 2 * * *", "when to crawl: `MINUTE HOUR DAY MONTH WEEKDAY`")
	f.StringVar(&c.zone, "zone", "Asia/Jakarta", "time `ZONE` of the schedule and of the night window")
	f.Var(&c.night, "night", "crawl between these `HOURS` only, such as 22:00-05:00")
	for name, key := range map[string]string{"cron": "schedule.cron", "zone": "schedule.zone", "night": "crawler.night"} {
		f.keyed(name, key)
	}
}

// nightWindow is a part of the day, [from, to) in minutes after midnight,
// which may span midnight. The zero value is the whole day.
type nightWindow struct{ from, to int }

// Set reads "22:00-05:00"; an empty string is the whole day.
func (w *nightWindow) Set(s string) error {
	if s == "" {
		*w = nightWindow{}
		return nil
	}
	from, to, ok := strings.Cut(s, "-")
	begin, err1 := time.Parse("15:04", strings.TrimSpace(from))
	end, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err1 != nil || err2 != nil || begin.Equal(end) {
		return fmt.Errorf("%.40q: want two different times of day, such as 22:00-05:00", s)
	}
	*w = nightWindow{begin.Hour()*60 + begin.Minute(), end.Hour()*60 + end.Minute()}
	return nil
}

// String is the form that Set reads.
func (w *nightWindow) String() string {
	if *w == (nightWindow{}) {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", w.from/60, w.from%60, w.to/60, w.to%60)
}

// Type is what help calls the value.
func (w *nightWindow) Type() string { return "hours" }

// left is how long the window stays open after t, and whether it is open at t.
// The whole day never ends.
func (w nightWindow) left(t time.Time) (time.Duration, bool) {
	if w == (nightWindow{}) {
		return 0, true
	}
	const day = 24 * 60
	now := t.Hour()*60 + t.Minute()
	if (now-w.from+day)%day >= (w.to-w.from+day)%day {
		return 0, false
	}
	minutes := (w.to - now + day) % day
	return time.Duration(minutes)*time.Minute - time.Duration(t.Second())*time.Second, true
}

// timetable is when runs begin and how long they may last.
type timetable struct {
	cron  cron.Schedule
	zone  *time.Location
	night nightWindow
}

// timetable checks the flags. A schedule that never begins in its night
// window is refused: it would crawl nothing for ever.
func (a *clockFlags) timetable(now time.Time) (*timetable, error) {
	zone, err := time.LoadLocation(a.zone)
	if err != nil {
		return nil, usagef("schedule.zone %.40q: want a zone such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura", a.zone)
	}
	spec, err := cron.ParseStandard(a.cron)
	if err != nil {
		return nil, usagef(`schedule.cron %.60q: %w; want minute, hour, day, month, weekday, such as "0 2 * * *"`, a.cron, err)
	}
	t := &timetable{spec, zone, a.night}
	if t.next(now).IsZero() {
		return nil, usagef("schedule.cron %q never begins within the night window crawler.night %s", a.cron, &a.night)
	}
	return t, nil
}

// next is the first run after t that begins in the night window, or the zero
// time when there is none.
func (t *timetable) next(after time.Time) time.Time {
	at := after.In(t.zone)
	for range lookAhead {
		if at = t.cron.Next(at); at.IsZero() {
			return at
		}
		if _, open := t.night.left(at); open {
			return at
		}
	}
	return time.Time{}
}
