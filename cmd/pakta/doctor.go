package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/index"
)

func doctorCommand() command {
	return command{
		use:   "doctor [flags]",
		short: "Tell what is wrong, and what to do about it",
		long: `
Looks at the configuration, the rules, the data directory, the archive, the
index, the server, the last runs and every source, and says of what it finds
wrong what to do about it. It repairs nothing: what was collected stays as it is.

The exit code is for monitoring: 1 when something is wrong, 0 when nothing is.
What is only worth knowing (notes) leaves it at 0.`,
		example: `
  pakta doctor
  pakta doctor --quick --json
  pakta doctor || mail -s "pakta is ill" redaksi@example.id`,
		args:   cobra.NoArgs,
		action: &doctorAction{},
	}
}

type doctorAction struct {
	json   bool
	quick  bool
	maxAge time.Duration
}

func (a *doctorAction) register(f *flags) {
	f.BoolVar(&a.json, "json", false, "print JSON")
	f.BoolVar(&a.quick, "quick", false, "do not read the whole archive for damage, which takes seconds per gigabyte")
	f.DurationVar(&a.maxAge, "max-age", defaultMaxAge, "how old the last run may be")
}

const (
	// defaultMaxAge is a night and a half: one late night is no alarm.
	defaultMaxAge = 36 * time.Hour
	// floorBytes and floorPart are how much room the disk must have: what a
	// night's crawl with its index may need.
	floorBytes = 1 << 30
	floorPart  = 20 // a twentieth
	// askServer bounds the wait for a server's word.
	askServer = 5 * time.Second
)

// gravity is how bad a finding is.
type gravity string

const (
	healthy gravity = "ok"
	note    gravity = "note"    // worth knowing
	illness gravity = "problem" // something is wrong
)

// finding is what one look at something came to.
type finding struct {
	About   string  `json:"about"`
	Gravity gravity `json:"gravity"`
	Message string  `json:"message"`
	Advice  string  `json:"advice,omitempty"`
}

// diagnosis collects findings.
type diagnosis struct{ findings []finding }

func (d *diagnosis) add(about string, g gravity, message, advice string) {
	d.findings = append(d.findings, finding{about, g, message, advice})
}

// judge adds a problem when err is not nil, and else that all is well.
func (d *diagnosis) judge(about string, err error, well, advice string) {
	if err != nil {
		d.add(about, illness, err.Error(), advice)
		return
	}
	d.add(about, healthy, well, "")
}

func (d *diagnosis) ill() bool {
	for _, f := range d.findings {
		if f.Gravity == illness {
			return true
		}
	}
	return false
}

func (a *doctorAction) run(ctx context.Context, e *env, _ []string) int {
	d := &diagnosis{}
	a.examine(ctx, e, d, time.Now())
	if err := a.print(e.stdout, d); err != nil {
		return e.fail(err)
	}
	if d.ill() {
		return exitFailed
	}
	return exitDone
}

func (a *doctorAction) examine(ctx context.Context, e *env, d *diagnosis, now time.Time) {
	examineSettings(e, d)
	dir := dataDir(e.data)
	if !dir.exists() {
		d.add("archive", note, "nothing is archived in "+e.data+" yet", "pakta crawl, or pakta demo to see how it works")
		return
	}
	d.judge("data directory", dir.make(), e.data, "")
	examineDisk(e.data, d)
	store, err := archive.Open(ctx, dir.archive())
	if err != nil {
		d.add("archive", illness, err.Error(), archiveAdvice(err))
		return
	}
	defer store.Close() // only read
	a.examineArchive(ctx, store, d)
	examineIndex(ctx, dir, d)
	runs, err := store.Runs(ctx, examined)
	if err != nil {
		d.add("runs", illness, err.Error(), archiveAdvice(err))
		return
	}
	a.examineRuns(dir, runs, d, now)
	examineSources(e, runs, d)
}

// examineSettings looks at the configuration and the rules. The file itself
// has been read, or the command would not have begun.
func examineSettings(e *env, d *diagnosis) {
	switch _, err := os.Stat(e.config); {
	case err == nil:
		d.add("configuration", healthy, e.config, "")
	case errors.Is(err, fs.ErrNotExist):
		d.add("configuration", note, e.config+" does not exist; all settings have their defaults", "")
	}
	if len(e.sources) == 0 {
		d.add("configuration", note, "no sources", "pakta sources add URL, or known: [PROVINCE] in the configuration")
	}
	set, err := loadRules(e)
	if err != nil {
		d.add("rules", illness, err.Error(), "pakta rules check")
		return
	}
	d.add("rules", healthy, "version "+set.Version(), "")
}

func archiveAdvice(err error) string {
	switch {
	case errors.Is(err, archive.ErrNewer):
		return "install the newer pakta that made it; nothing was touched"
	case errors.Is(err, archive.ErrDamaged):
		return "restore the backup, or sqlite3 pakta.db .recover into a new file; the damaged one was left as it is"
	case errors.Is(err, archive.ErrFull):
		return "free space"
	}
	return "see the message"
}

func examineDisk(path string, d *diagnosis) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(path, &disk); err != nil {
		d.add("disk", note, err.Error(), "")
		return
	}
	free, all := disk.Bavail*uint64(disk.Bsize), disk.Blocks*uint64(disk.Bsize)
	message := fmt.Sprintf("%.1f of %.1f GB free", float64(free)/1e9, float64(all)/1e9)
	if free < floorBytes && free*floorPart < all {
		d.add("disk", illness, message, "free space: when the disk is full, a run stops; nothing that was kept is lost")
		return
	}
	d.add("disk", healthy, message, "")
}

func (a *doctorAction) examineArchive(ctx context.Context, store *archive.Archive, d *diagnosis) {
	if !a.quick {
		if err := store.Check(ctx); err != nil {
			d.add("archive", illness, err.Error(), archiveAdvice(err))
			return
		}
	}
	s, err := store.Stats(ctx)
	d.judge("archive", err, fmt.Sprintf("%d articles, %d agreements", s.Articles, s.Agreements), archiveAdvice(err))
}

// examineIndex asks the server that has the index how it is, or looks itself.
func examineIndex(ctx context.Context, dir dataDir, d *diagnosis) {
	if s, err := dir.readServer(); err == nil && alive(s.PID) {
		d.judge("server", askHealth(ctx, s.Address), "http://"+s.Address+"/", "stop process "+fmt.Sprint(s.PID)+" and start pakta serve again")
		return
	}
	switch wrong := index.Inspect(ctx, dir.index()); {
	case errors.Is(wrong, index.ErrLocked):
		d.add("index", healthy, "in use", "")
	case errors.Is(wrong, fs.ErrNotExist):
		d.add("index", note, "there is none", "the next pakta search, serve or crawl makes it")
	case wrong != nil:
		d.add("index", illness, wrong.Error(), "delete "+dir.index()+", which is made again from the archive; find out what damaged it")
	default:
		d.add("index", healthy, "whole", "")
	}
}

func askHealth(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, askServer)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the server does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 200)) // only for the message
		return fmt.Errorf("the server is not well: %s", text)
	}
	return nil
}

func (a *doctorAction) examineRuns(dir dataDir, runs []pakta.Run, d *diagnosis, now time.Time) {
	if len(runs) == 0 {
		d.add("runs", note, "there was no run yet", "pakta crawl")
		return
	}
	last := runs[0]
	age := now.Sub(last.Started)
	switch {
	case age > a.maxAge:
		d.add("runs", illness, fmt.Sprintf("the last run began %s ago", age.Round(time.Hour)), "start pakta schedule, or a timer for pakta crawl: see docs/operations.md")
	case last.Finished.IsZero() && !dir.crawling():
		d.add("runs", note, fmt.Sprintf("run %d was killed", last.ID), "nothing; the next run goes on from there")
	case last.Finished.IsZero():
		d.add("runs", healthy, fmt.Sprintf("run %d is under way since %s", last.ID, shortTime(last.Started)), "")
	case last.Error == stopped:
		d.add("runs", note, fmt.Sprintf("run %d was stopped", last.ID), "the next run goes on from there")
	case last.Error != "":
		d.add("runs", illness, fmt.Sprintf("run %d failed: %s", last.ID, last.Error), "see the message; pakta crawl again")
	default:
		d.add("runs", healthy, fmt.Sprintf("run %d, %s, %d articles", last.ID, shortTime(last.Started), total(&last).Fetched), "")
	}
	if s, err := dir.readSchedule(); err == nil {
		d.add("schedule", healthy, "next run "+shortTime(s.Next), "")
	} else {
		d.add("schedule", note, "no process here keeps one", "fine when a timer starts pakta crawl; else pakta schedule or pakta serve --schedule")
	}
}

// examineSources reports the alarms of every source that is still configured,
// and those that were never read.
func examineSources(e *env, runs []pakta.Run, d *diagnosis) {
	read := map[string]crawler.Health{}
	for _, h := range crawler.Examine(runs) {
		read[h.Source] = h
	}
	for _, s := range e.sources {
		h, ok := read[s.name]
		switch {
		case !ok || h.Runs == 0:
			d.add("source "+s.name, note, "was not read yet", "pakta crawl --source "+s.name)
		case len(h.Alarms) == 0:
			d.add("source "+s.name, healthy, fmt.Sprintf("last new article %s", shortTime(h.LastNew)), "")
		}
		for _, alarm := range h.Alarms {
			d.add("source "+s.name, illness, string(alarm.Kind)+": "+alarm.Message, alarm.Advice)
		}
	}
}

func (a *doctorAction) print(w io.Writer, d *diagnosis) error {
	if a.json {
		line, err := marshalLine(struct {
			Healthy  bool      `json:"healthy"`
			Findings []finding `json:"findings"`
		}{!d.ill(), d.findings})
		if err == nil {
			_, err = w.Write(line)
		}
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range d.findings {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.Gravity, f.About, oneLine(f.Message, 300))
		if f.Advice != "" {
			fmt.Fprintf(table, "\t\t-> %s\n", f.Advice)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	verdict := "nothing is wrong"
	if d.ill() {
		verdict = "something is wrong: see the lines that begin with \"problem\""
	}
	_, err := fmt.Fprintln(w, verdict)
	return err
}
