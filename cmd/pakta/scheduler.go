package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"time"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
)

const (
	// wakeEvery is how long the schedule sleeps at most before it looks at the
	// clock again, which may have been set, or stood still while the machine
	// was suspended.
	wakeEvery = 30 * time.Second
	// pollPause is the shortest time between a run and a reading before the
	// next scheduled one: a source whose state could not be kept asks for one
	// again and again.
	pollPause = 15 * time.Minute
	// remembered is how many runs are looked through for the last whole one.
	remembered = 100
)

// scheduler makes runs by the clock.
type scheduler struct {
	e     *env
	table *timetable
	job   crawlJob
	log   *slog.Logger
	// make makes one run; it is crawlOnce.
	make func(context.Context, *env, crawlJob) (*pakta.Run, error)
}

// newScheduler checks the flags and the sources.
func newScheduler(e *env, clock clockFlags, crawl crawlFlags) (*scheduler, error) {
	table, err := clock.timetable(time.Now())
	if err != nil {
		return nil, err
	}
	sources, err := pickSources(e, nil)
	if err != nil {
		return nil, err
	}
	if err := crawl.check(); err != nil {
		return nil, err
	}
	job := crawlJob{crawlFlags: crawl, sources: sources}
	return &scheduler{e, table, job, slog.New(slog.NewTextHandler(e.stderr, nil)), crawlOnce}, nil
}

// keep runs the schedule beside something else, and logs what ends it.
func (s *scheduler) keep(ctx context.Context) {
	if err := s.run(ctx); err != nil {
		s.log.Error("schedule ended", "error", err.Error())
	}
}

// turn is the next thing that a schedule does.
type turn struct {
	at      time.Time
	sources []crawler.Source
	why     string
}

// run makes runs until ctx is done, and tells when the next one is. The error
// is that of a data directory that cannot be used; what fails in a run is
// logged, because the next night is a new one.
func (s *scheduler) run(ctx context.Context) error {
	dir := dataDir(s.e.data)
	if err := dir.make(); err != nil {
		return err
	}
	defer dir.removeSchedule()
	next := s.first(ctx, time.Now())
	for {
		s.log.Info("next run", "at", next.at.In(s.table.zone).Format(time.RFC3339), "why", next.why, "sources", len(next.sources))
		if err := dir.writeSchedule(schedule{Next: next.at.UTC(), Why: next.why, PID: os.Getpid()}); err != nil {
			s.log.Error("next run not announced", "error", err.Error())
		}
		if !sleepUntil(ctx, next.at) {
			return nil
		}
		s.crawl(ctx, next.sources)
		next = s.next(ctx, time.Now())
	}
}

// first is the first turn: at once, when a run was missed.
func (s *scheduler) first(ctx context.Context, now time.Time) turn {
	last, err := s.lastWhole(ctx)
	if err != nil {
		s.log.Error("it is not known whether a run was missed", "error", err.Error())
	}
	_, open := s.table.night.left(now.In(s.table.zone))
	if missed := s.table.next(last); !last.IsZero() && !missed.After(now) && open {
		return turn{now, s.job.sources, "missed at " + missed.Format(time.RFC3339)}
	}
	return s.next(ctx, now)
}

// consult lets read look into the archive; where there is none yet, it does
// nothing.
func (s *scheduler) consult(ctx context.Context, read func(*archive.Archive) error) error {
	if !dataDir(s.e.data).exists() {
		return nil
	}
	store, err := openArchive(ctx, s.e)
	if err != nil {
		return err
	}
	defer store.Close() // only read
	return read(store)
}

// lastWhole is when the last run over all sources began that came to its end;
// zero when there was none.
func (s *scheduler) lastWhole(ctx context.Context) (last time.Time, err error) {
	err = s.consult(ctx, func(store *archive.Archive) error {
		runs, err := store.Runs(ctx, remembered)
		if err != nil || len(runs) == 0 {
			return err
		}
		last = runs[len(runs)-1].Started // when none came to its end
		for _, run := range runs {
			if run.Error == "" && !run.Finished.IsZero() && s.whole(&run) {
				last = run.Started
				break
			}
		}
		return nil
	})
	return last, err
}

// whole reports whether a run had all the sources.
func (s *scheduler) whole(run *pakta.Run) bool {
	for _, src := range s.job.sources {
		if !slices.ContainsFunc(run.Sources, func(r pakta.SourceRun) bool { return r.Source == src.Name }) {
			return false
		}
	}
	return true
}

// next is the next turn after now: a run over all sources by the timetable, or
// before that one over the sources that want to be read sooner.
func (s *scheduler) next(ctx context.Context, now time.Time) turn {
	night := turn{s.table.next(now), s.job.sources, "schedule"}
	wanted, err := s.polls(ctx)
	if err != nil {
		s.log.Error("sources that want to be read sooner are not known", "error", err.Error())
		return night
	}
	early := turn{at: night.at, why: "feeds that change fast"}
	for _, at := range wanted {
		if at = later(at, now.Add(pollPause)); at.Before(early.at) {
			early.at = at
		}
	}
	if _, open := s.table.night.left(early.at.In(s.table.zone)); !open || !early.at.Before(night.at) {
		return night
	}
	for _, src := range s.job.sources {
		if at, ok := wanted[src.Name]; ok && !at.After(early.at) {
			early.sources = append(early.sources, src)
		}
	}
	return early
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// polls is when sources want to be read before the next run of all.
func (s *scheduler) polls(ctx context.Context) (map[string]time.Time, error) {
	wanted := map[string]time.Time{}
	err := s.consult(ctx, func(store *archive.Archive) error {
		for _, src := range s.job.sources {
			state, err := store.SourceState(ctx, src.Name)
			if err != nil {
				return err
			}
			if !state.Poll.IsZero() {
				wanted[src.Name] = state.Poll
			}
		}
		return nil
	})
	return wanted, err
}

// crawl makes one run, within the night window.
func (s *scheduler) crawl(ctx context.Context, sources []crawler.Source) {
	if left, _ := s.table.night.left(time.Now().In(s.table.zone)); left > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, left)
		defer cancel()
	}
	job := s.job
	job.sources = sources
	run, err := s.make(ctx, s.e, job)
	switch {
	case errors.Is(err, errRunning):
		s.log.Warn("run left out", "reason", err.Error())
	case err != nil:
		s.log.Error("run failed", "error", err.Error())
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		s.log.Info("run stopped: the night window ended")
	}
	if run != nil {
		if err := writeReport(s.e.stdout, run); err != nil {
			s.log.Error("report not printed", "error", err.Error())
		}
	}
}

// sleepUntil waits until the clock shows t, and says whether it does; ctx may
// end the wait.
func sleepUntil(ctx context.Context, t time.Time) bool {
	for {
		left := time.Until(t.Round(0)) // without the monotonic clock: the wall clock counts
		if left <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(min(left, wakeEvery))
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-timer.C:
		}
	}
}
