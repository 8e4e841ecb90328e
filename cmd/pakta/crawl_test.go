package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
	"pakta/archive"
	"pakta/crawler/newsroom"
)

func TestDemoOnce(t *testing.T) {
	dir := t.TempDir()
	all, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	// Other tests and programs may have the usual ports at any time, so the
	// second run is compared only when both had the same.
	first := runBinary(t, "demo", "--once", "--data", dir)
	first.want(t, exitDone, fmt.Sprintf("%d articles fetched", len(all)), "kabar-nusa", "warta-serambi", "pemkab-sleman")
	before := len(contents(t, dir).articles)
	second := runBinary(t, "demo", "--once", "--data", dir)
	if len(contents(t, dir).articles) == before {
		second.want(t, exitDone, "nothing new")
	}
	runBinary(t, "status", "--data", dir).want(t, exitDone, fmt.Sprintf("%d articles", len(all)), "server   none")
}

// archived is what an archive holds, as JSON, without times of fetching.
type archived struct{ articles, records, agreements []string }

func contents(t *testing.T, dir string) archived {
	t.Helper()
	ctx := context.Background()
	store, err := archive.Open(ctx, dataDir(dir).archive())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var out archived
	add := func(list *[]string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		*list = append(*list, timeless(string(text)))
	}
	for art, err := range store.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		add(&out.articles, art)
		rec, err := store.Record(ctx, art.ID)
		if err != nil {
			t.Fatalf("record of %s: %v", art.ID, err)
		}
		add(&out.records, rec)
	}
	for ag, err := range store.Agreements(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		add(&out.agreements, ag)
	}
	slices.Sort(out.articles)
	slices.Sort(out.records)
	return out
}

func TestCrawlByAddressAlone(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	all, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	runBinary(t, "crawl", "--data", dir).want(t, exitDone, fmt.Sprintf("%d articles fetched", len(all)))
	runBinary(t, "crawl", "--data", dir).want(t, exitDone, "nothing new")
	search := runBinary(t, "search", "--data", dir, "--json", "--size", "200")
	search.want(t, exitDone)
	var result struct {
		Total      int               `json:"total"`
		Agreements []json.RawMessage `json:"agreements"`
	}
	if err := json.Unmarshal([]byte(search.stdout), &result); err != nil {
		t.Fatal(err)
	}
	export := runBinary(t, "export", "--data", dir, "--format", "jsonl")
	export.want(t, exitDone)
	schema := schemaOf(t, pakta.AgreementSchema)
	if n := validate(t, schema, export.stdout); n == 0 || n != result.Total {
		t.Errorf("%d agreements exported, search says %d", n, result.Total)
	}
	for _, a := range result.Agreements {
		validate(t, schema, string(a))
	}
}

func TestCrawlNeedsSources(t *testing.T) {
	runIn(t, home(t), "", "crawl").want(t, exitUsage, "no sources", "pakta demo")
	dir := newsroomDir(t, "delay: 0s")
	runIn(t, home(t), "", "crawl", "--data", dir, "--source", "kabar-nusantara").want(t, exitUsage, `no source is called "kabar-nusantara"`)
	runIn(t, home(t), "", "crawl", "--data", dir, "--source", "kabar-nusb").want(t, exitUsage, "did you mean kabar-nusa?")
}

func TestInterruptEndsCrawlCleanly(t *testing.T) {
	dir := newsroomDir(t, "delay: 300ms")
	c := start(t, "crawl", "--data", dir)
	eventually(t, 20*time.Second, "an article is kept", func() bool {
		out, err := exec.Command(binary, "status", "--json", "--data", dir).Output()
		return err == nil && strings.Contains(string(out), `"archived":true`) && !strings.Contains(string(out), `"articles":0,`)
	})
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.wait(t).want(t, exitDone, "stopped:")
	all, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	runBinary(t, "crawl", "--data", dir, "--delay", "0s").want(t, exitDone)
	if got := len(contents(t, dir).articles); got != len(all) {
		t.Errorf("%d articles after the second run, want %d", got, len(all))
	}
}

func TestTwoCrawlsAtOnce(t *testing.T) {
	dir := newsroomDir(t, "delay: 500ms")
	c := start(t, "crawl", "--data", dir)
	eventually(t, 20*time.Second, "the first run has the lock", func() bool {
		b, _ := os.ReadFile(dataDir(dir).lock())
		return strings.TrimSpace(string(b)) == fmt.Sprint(c.cmd.Process.Pid)
	})
	runBinary(t, "crawl", "--data", dir).want(t, exitFailed, "another run is in progress", fmt.Sprint(c.cmd.Process.Pid))
	c.cmd.Process.Signal(syscall.SIGTERM)
	c.wait(t).want(t, exitDone, "stopped")
}

// TestKilledCrawl kills a crawl at random moments. The run after it must leave
// the archive and the index as an undisturbed one does.
func TestKilledCrawl(t *testing.T) {
	const kills = 30
	rooms, err := newsroom.Start(context.Background(), newsroom.Options{Port: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer rooms.Close()
	calm := configured(t, rooms, "delay: 0s")
	began := time.Now()
	runBinary(t, "crawl", "--data", calm).want(t, exitDone)
	took := time.Since(began)
	want, wantExport := contents(t, calm), exported(t, calm)

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, undisturbed run %s", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	early := 0
	for i := range kills {
		dir := configured(t, rooms, "delay: 0s")
		c := start(t, "crawl", "--data", dir)
		at := time.Duration(random.Int64N(int64(took)))
		time.Sleep(at)
		c.cmd.Process.Kill()
		if c.wait(t).code != exitDone {
			early++
		}
		runBinary(t, "crawl", "--data", dir).want(t, exitDone)
		got := contents(t, dir)
		for _, part := range []struct {
			name      string
			want, got []string
		}{{"articles", want.articles, got.articles}, {"records", want.records, got.records}, {"agreements", want.agreements, got.agreements}} {
			if diff := cmp.Diff(part.want, part.got); diff != "" {
				t.Fatalf("kill %d after %s: %s differ from an undisturbed run's (-want +got):\n%.3000s", i, at, part.name, diff)
			}
		}
		if diff := cmp.Diff(wantExport, exported(t, dir)); diff != "" {
			t.Fatalf("kill %d after %s: the index differs (-want +got):\n%.3000s", i, at, diff)
		}
	}
	if early < kills/3 {
		t.Errorf("only %d of %d runs were killed before their end", early, kills)
	}
}

// exported is everything in the index, without times of fetching.
func exported(t *testing.T, dir string) string {
	t.Helper()
	out := runBinary(t, "export", "--data", dir)
	out.want(t, exitDone)
	return timeless(out.stdout)
}

func TestReportThatDoesNotAddUp(t *testing.T) {
	good := &pakta.Run{Sources: []pakta.SourceRun{{Source: "x", Discovered: 8, Fetched: 1, Unchanged: 1, Gone: 1, Refused: 1, Failed: 1, Rejected: 1, Skipped: 1, Pending: 1}}}
	if err := checkSums(good); err != nil {
		t.Errorf("checkSums(good) = %v", err)
	}
	bad := &pakta.Run{Sources: []pakta.SourceRun{{Source: "x", Discovered: 2, Fetched: 1}}}
	if err := checkSums(bad); err == nil {
		t.Error("checkSums(bad) = nil, want an error")
	}
}

func TestImport(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(t.TempDir(), "articles.jsonl")
	if err := os.WriteFile(file, []byte(articleLines(t)+"no article\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	all := strings.Count(articleLines(t), "\n")
	runIn(t, home(t), "", "import", "--data", dir, file).want(t, exitFailed,
		fmt.Sprintf("line %d", all+1), fmt.Sprintf("%d new or changed, 0 there already, 1 bad", all))
	runIn(t, home(t), "", "import", "--data", dir, file).want(t, exitFailed, fmt.Sprintf("0 new or changed, %d there already", all))
	runIn(t, home(t), articleLines(t), "import", "--data", dir, "-").want(t, exitDone, "0 bad")
	runIn(t, home(t), "", "reextract", "--data", dir, "--dry-run").want(t, exitDone, "0 records came out differently", "nothing was stored")
	runIn(t, home(t), "", "reextract", "--data", dir).want(t, exitDone, "0 agreements added or changed")
	runIn(t, home(t), "", "import", "--data", dir, filepath.Join(dir, "absent.txt")).want(t, exitFailed, "no such file")
}
