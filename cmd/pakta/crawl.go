package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/crawler"
	"pakta/extract"
)

func crawlCommand() command {
	return command{
		use:   "crawl [flags]",
		short: "Fetch what is new at the sources, extract, merge and index it",
		long: `
Makes one run over the sources of the configuration file: finds new articles,
fetches them politely, reads them, merges the reports and brings the index up
to date. Ends with a report of what became of every address.

With --until, what was published between two dates is looked for, however far
back: in the WordPress interface, the sitemaps of those months, further pages
of feeds and lists, and the site's own search.

Ctrl-C ends a run cleanly; the next one picks up where it stopped. One run at a
time works on a data directory.`,
		example: `
  pakta crawl
  pakta crawl --source jambiviral --since 2025-01-01
  pakta crawl --source jambiviral --since 2024-01-01 --until 2024-06-30
  pakta crawl --max 100 --delay 5s`,
		args:   cobra.NoArgs,
		action: &crawlAction{},
	}
}

type crawlAction struct {
	crawlFlags
	sources []string
	since   string
	until   string
	max     int
}

// crawlFlags say how the crawler behaves; crawl and schedule have them.
type crawlFlags struct {
	contact      string
	delay        time.Duration
	concurrency  int
	allowPrivate bool
	revisit      time.Duration
	onePerIP     bool
	obeyNoIndex  bool
}

const (
	// defaultDelay is what a newsroom's server does not notice.
	defaultDelay = 2 * time.Second
	// defaultConcurrency is how many hosts are asked at once; each has one
	// request at a time.
	defaultConcurrency = 16
	maxConcurrency     = 256
	// defaultRevisit is how long newsrooms correct what they published.
	defaultRevisit = 72 * time.Hour
	maxRevisit     = 90 * 24 * time.Hour
	maxDelay       = time.Hour
)

func (c *crawlFlags) register(f *flags) {
	f.StringVar(&c.contact, "contact", "", "`ADDRESS` for the user agent, so that sites can reach you (mailto: or https:)")
	f.DurationVar(&c.delay, "delay", defaultDelay, "pause between two requests to one host")
	f.IntVar(&c.concurrency, "concurrency", defaultConcurrency, "hosts that are asked at once")
	f.DurationVar(&c.revisit, "revisit", defaultRevisit, "age up to which articles are looked at again, because they are corrected (0: never)")
	f.BoolVar(&c.allowPrivate, "allow-private", false, "let sources have private and loopback addresses")
	f.BoolVar(&c.onePerIP, "one-per-ip", false, "hosts at one IP address share the pause between requests")
	f.BoolVar(&c.obeyNoIndex, "obey-noindex", false, "skip articles whose page asks not to be indexed (else they are marked)")
	for name, key := range map[string]string{
		"one-per-ip": "crawler.one_per_ip", "obey-noindex": "crawler.obey_noindex",
		"contact": "crawler.contact", "delay": "crawler.delay",
		"concurrency": "crawler.concurrency", "allow-private": "crawler.allow_private", "revisit": "crawler.revisit",
	} {
		f.keyed(name, key)
	}
}

// check finds values that no crawler can work with.
func (c *crawlFlags) check() error {
	switch {
	case c.delay < 0 || c.delay > maxDelay:
		return usagef("crawler.delay %s: want 0s to %s", c.delay, maxDelay)
	case c.revisit < 0 || c.revisit > maxRevisit:
		return usagef("crawler.revisit %s: want 0s (never) to %s", c.revisit, maxRevisit)
	case c.concurrency < 1 || c.concurrency > maxConcurrency:
		return usagef("crawler.concurrency %d: want 1 to %d", c.concurrency, maxConcurrency)
	}
	return nil
}

func (a *crawlAction) register(f *flags) {
	a.crawlFlags.register(f)
	f.StringSliceVar(&a.sources, "source", nil, "only the source called `NAME` (may be repeated)")
	f.StringVar(&a.since, "since", "", "only articles published on or after `DATE`")
	f.StringVar(&a.until, "until", "", "only articles published on or before `DATE`; lists are read back to --since")
	f.IntVar(&a.max, "max", 0, "at most `N` articles in this run (0: no limit)")
}

func (a *crawlAction) run(ctx context.Context, e *env, _ []string) int {
	job, err := a.job(e)
	if err != nil {
		return e.fail(err)
	}
	return e.finishRun(crawlOnce(ctx, e, job))
}

// job is what the flags ask for.
func (a *crawlAction) job(e *env) (crawlJob, error) {
	since, err := pakta.ParseTime(a.since)
	if err != nil {
		return crawlJob{}, usagef("--since: %w", err)
	}
	until, err := pakta.ParseTime(a.until)
	if err != nil {
		return crawlJob{}, usagef("--until: %w", err)
	}
	if len(strings.TrimSpace(a.until)) == len(time.DateOnly) {
		until.Time = until.AddDate(0, 0, 1) // to the end of that day
	}
	if !until.IsZero() && !since.Before(until.Time) {
		return crawlJob{}, usagef("--since %s is after --until %s", a.since, a.until)
	}
	if a.max < 0 {
		return crawlJob{}, usagef("--max %d: want 0 (no limit) or more", a.max)
	}
	sources, err := pickSources(e, a.sources)
	if err != nil {
		return crawlJob{}, err
	}
	return crawlJob{crawlFlags: a.crawlFlags, sources: sources, since: since.Time, until: until.Time, max: a.max}, a.check()
}

// pickSources are the configured sources with the given names, or all.
func pickSources(e *env, names []string) ([]crawler.Source, error) {
	if len(e.sources) == 0 {
		return nil, usagef(`no sources; add some to %s, such as
  sources:
    - {name: example, url: "https://example.id/", region: "15"}
with "pakta sources add URL", or run "pakta demo" to see pakta work`, e.config)
	}
	var known []string
	var picked []crawler.Source
	for _, s := range e.sources {
		known = append(known, s.name)
		if len(names) == 0 || slices.Contains(names, s.name) {
			picked = append(picked, s.crawled())
		}
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, usagef("no source is called %q%s (%s lists them)", n, didYouMean(n, known), e.config)
		}
	}
	return picked, nil
}

// crawlJob is one run to make.
type crawlJob struct {
	crawlFlags
	sources []crawler.Source
	sites   []crawler.SiteRule
	since   time.Time
	until   time.Time
	max     int
}

// crawlOnce makes one run. When ctx ends, so does the run, cleanly, and its
// Error says so; the error returned is nil then.
func crawlOnce(ctx context.Context, e *env, job crawlJob) (*pakta.Run, error) {
	store, err := openArchive(ctx, e)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	release, err := dataDir(e.data).lockCrawl()
	if err != nil {
		return nil, err
	}
	defer release()
	set, err := loadRules(e)
	if err != nil {
		return nil, err
	}
	for _, s := range job.sources {
		if _, known := set.RegionByCode(s.Region); s.Region != "" && !known {
			return nil, usagef("source %s: no region has the code %s", s.Name, s.Region)
		}
	}
	sites, err := e.siteRules()
	if err != nil {
		return nil, err
	}
	run := &pakta.Run{Started: time.Now().UTC()}
	run.ID, err = store.BeginRun(ctx, run.Started)
	if ctx.Err() != nil {
		run.Error, run.Finished = "stopped", time.Now().UTC()
		return run, nil // ended before it began
	}
	if err != nil {
		return nil, err
	}
	job.sites = sites
	failed := crawlSources(ctx, e, newPipeline(store, extract.New(set)), job, run)
	if failed == nil {
		run.Agreements, failed = publish(ctx, e, store)
	}
	if ctx.Err() != nil && isStop(failed) {
		run.Error, failed = stopped, nil // the next run merges and indexes what is there
	}
	return run, finishRun(ctx, store, run, failed)
}

// stopped is the Error of a run that was ended from outside, cleanly.
const stopped = "stopped"

// isStop says whether work failed because it was told to end.
func isStop(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// crawlSources fills in the run's sources.
func crawlSources(ctx context.Context, e *env, p *pipeline, job crawlJob, run *pakta.Run) error {
	show := newProgress(e.stderr, e.terminal, "crawl")
	defer show.finish()
	defer roomyHeap(e.lookupEnv, len(job.sources))()
	var err error
	run.Sources, err = crawler.Run(ctx, crawler.Options{
		Sources: job.sources, Store: p, RunID: run.ID,
		Contact: job.contact, Delay: &job.delay, Concurrency: job.concurrency, AllowPrivate: job.allowPrivate,
		OnePerIP: job.onePerIP, ObeyNoIndex: job.obeyNoIndex,
		Sites: job.sites, Revisit: job.revisit, Since: job.since, Until: job.until, Max: job.max,
		Progress: func(now crawler.Progress) { show.update(now.Done, now.Total, now.Source) },
	})
	for i := range run.Sources {
		run.Sources[i].Relevant = p.relevant[run.Sources[i].Source]
	}
	if ctx.Err() != nil {
		run.Error = stopped
		return nil
	}
	if err != nil {
		return fmt.Errorf("crawl: %w", err)
	}
	return nil
}

// runKeeper is where a run's report is kept.
type runKeeper interface {
	FinishRun(ctx context.Context, run *pakta.Run) error
}

// finishRun keeps the report, with what failed. Reports are kept even of runs
// that were stopped.
func finishRun(ctx context.Context, keeper runKeeper, run *pakta.Run, failed error) error {
	run.Finished = time.Now().UTC()
	if failed == nil {
		failed = checkSums(run)
	}
	if failed != nil {
		run.Error = failed.Error()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), wrapUp)
	defer cancel()
	if err := keeper.FinishRun(ctx, run); err != nil {
		return errors.Join(failed, fmt.Errorf("keep run report: %w", err))
	}
	return failed
}

// checkSums makes sure that the report adds up: every address taken up must
// have come to one end.
func checkSums(run *pakta.Run) error {
	for _, s := range run.Sources {
		if sum := outcomes(s); sum != s.Discovered {
			return fmt.Errorf("source %s: %d addresses taken up, but %d accounted for; this is a bug, please report it", s.Source, s.Discovered, sum)
		}
	}
	return nil
}

// outcomes is the sum of what became of a source's addresses.
func outcomes(s pakta.SourceRun) int {
	return s.Fetched + s.Unchanged + s.Gone + s.Refused + s.Failed + s.Rejected + s.Skipped + s.Pending
}

// finishRun prints a run's report and gives the exit code: a source that
// breaks is reported, but only a run in which all break has failed.
func (e *env) finishRun(run *pakta.Run, err error) int {
	if run != nil {
		if werr := writeReport(e.stdout, run); werr != nil {
			return e.fail(werr)
		}
	}
	if run == nil && errors.Is(err, context.Canceled) {
		e.say("stopped before the run began")
		return exitDone
	}
	if err != nil {
		return e.fail(err)
	}
	works := func(s pakta.SourceRun) bool { return s.Problem == "" }
	if run.Error == "" && len(run.Sources) > 0 && !slices.ContainsFunc(run.Sources, works) {
		return exitFailed
	}
	return exitDone
}
