package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pakta"
)

func open(t testing.TB, path string) *Archive {
	t.Helper()
	a, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func outcome(n int) (pakta.Outcome, *pakta.Record) {
	url := fmt.Sprintf("https://contoh.id/berita/%d", n)
	art := &pakta.Article{ID: fmt.Sprintf("art-%05d", n), URL: url, Title: "Judul", Text: "Isi"}
	rec := pakta.NewRecord(pakta.ArticleRef{ID: art.ID, Title: art.Title}, "1+test")
	rec.Agreement = true
	return pakta.Outcome{
		Address: pakta.Address{URL: url, Source: "contoh", State: pakta.AddressFetched},
		Page:    &pakta.Page{URL: url, Final: url, Status: 200, Body: []byte("<html>" + url), Fetched: time.Now()},
		Article: art,
	}, rec
}

// oneEach makes an agreement of every record.
func oneEach(records []*pakta.Record, _ []*pakta.Agreement) []*pakta.Agreement {
	var out []*pakta.Agreement
	for _, r := range records {
		out = append(out, &pakta.Agreement{Schema: pakta.AgreementSchemaID, ID: "ag-" + r.Article.ID, Reports: []pakta.ArticleRef{r.Article}})
	}
	return out
}

func TestFrontier(t *testing.T) {
	ctx, a := context.Background(), open(t, filepath.Join(t.TempDir(), "a.db"))
	now := time.Date(2026, 3, 12, 3, 0, 0, 0, time.UTC)
	found := []pakta.Address{{URL: "https://x.id/2", Source: "x", Found: "feed"}, {URL: "https://x.id/1", Source: "x"}, {URL: "https://x.id/2", Source: "x"}}
	if n, err := a.Discover(ctx, found); n != 2 || err != nil {
		t.Fatalf("Discover = %d, %v, want the two different addresses", n, err)
	}
	due, err := a.Due(ctx, "x", now, 10)
	if err != nil || len(due) != 2 || due[0].URL != "https://x.id/2" || due[0].State != pakta.AddressPending || due[0].Found != "feed" {
		t.Fatalf("Due = %+v, %v, want both in the order of discovery", due, err)
	}
	failed := due[0]
	failed.State, failed.Attempts, failed.NotBefore = pakta.AddressFailed, 1, now.Add(time.Hour)
	if err := a.Finish(ctx, pakta.Outcome{Address: failed}, nil); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at   time.Time
		want int
	}{{now, 1}, {now.Add(2 * time.Hour), 2}} {
		if due, err := a.Due(ctx, "x", tt.at, 10); len(due) != tt.want || err != nil {
			t.Errorf("Due at %s: %d addresses, %v, want %d", tt.at, len(due), err, tt.want)
		}
	}
	if _, err := a.Address(ctx, "https://x.id/none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Address of an unknown one = %v, want ErrNotFound", err)
	}
	twins := []pakta.Address{{URL: "http://x.id/3", Article: "c"}, {URL: "https://x.id/3", Article: "c"}, {URL: "https://x.id/4"}, {URL: "https://x.id/5"}}
	if n, err := a.Discover(ctx, twins); n != 3 || err != nil {
		t.Errorf("Discover of twins = %d, %v, want one of them and the two that say nothing", n, err)
	}
	if err := a.Finish(ctx, pakta.Outcome{Address: pakta.Address{URL: "http://x.id/3", Article: "c", State: pakta.AddressGone}}, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := a.Discover(ctx, twins); n != 1 || err != nil {
		t.Errorf("Discover after one twin was gone = %d, %v, want the other", n, err)
	}
	st := pakta.SourceState{Name: "x", Method: "feed", Notes: map[string]string{"k": "v"}}
	if err := a.SaveSourceState(ctx, st); err != nil {
		t.Fatal(err)
	}
	if got, err := a.SourceState(ctx, "x"); err != nil || got.Method != "feed" || got.Notes["k"] != "v" {
		t.Errorf("SourceState = %+v, %v", got, err)
	}
}

func TestFinishKeepsAll(t *testing.T) {
	ctx, a := context.Background(), open(t, filepath.Join(t.TempDir(), "a.db"))
	out, rec := outcome(1)
	if err := a.Finish(ctx, out, rec); err != nil {
		t.Fatal(err)
	}
	page, err := a.Page(ctx, out.Address.URL)
	if err != nil || string(page.Body) != string(out.Page.Body) {
		t.Errorf("Page = %v, %v", page, err)
	}
	if art, err := a.Article(ctx, out.Article.ID); err != nil || art.Text != "Isi" {
		t.Errorf("Article = %v, %v", art, err)
	}
	if got, err := a.Record(ctx, rec.Article.ID); err != nil || !got.Agreement {
		t.Errorf("Record = %v, %v", got, err)
	}
	if changed, err := a.PutArticle(ctx, out.Article, rec); changed || err != nil {
		t.Errorf("PutArticle of the same = %v, %v, want no change", changed, err)
	}
	s, err := a.Stats(ctx)
	if err != nil || s.Pages != 1 || s.Articles != 1 || s.Relevant != 1 || s.Addresses[pakta.AddressFetched] != 1 {
		t.Errorf("Stats = %+v, %v", s, err)
	}
}

// TestDerive: versions and sequence numbers grow only with changes, and what
// is gone leaves a tombstone.
func TestDerive(t *testing.T) {
	ctx, a := context.Background(), open(t, filepath.Join(t.TempDir(), "a.db"))
	for n := range 3 {
		out, rec := outcome(n)
		if err := a.Finish(ctx, out, rec); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		name        string
		merge       func([]*pakta.Record, []*pakta.Agreement) []*pakta.Agreement
		wantChanged int
		wantSeq     int64
	}{
		{"first", oneEach, 3, 3},
		{"again", oneEach, 0, 3},
		{"one less", func(r []*pakta.Record, p []*pakta.Agreement) []*pakta.Agreement { return oneEach(r[:2], p) }, 1, 4},
		{"one other", func(r []*pakta.Record, p []*pakta.Agreement) []*pakta.Agreement {
			out := oneEach(r[:2], p)
			out[0].Status = pakta.Signed
			return out
		}, 1, 5},
	}
	for _, s := range steps {
		changed, err := a.Derive(ctx, s.merge)
		seq, _ := a.LastSeq(ctx)
		if changed != s.wantChanged || seq != s.wantSeq || err != nil {
			t.Errorf("%s: %d changes up to %d, %v, want %d up to %d", s.name, changed, seq, err, s.wantChanged, s.wantSeq)
		}
	}
	ag, err := a.Agreement(ctx, "ag-art-00000")
	if err != nil || ag.Version != 2 {
		t.Errorf("the changed agreement = %+v, %v, want version 2", ag, err)
	}
	changes, err := a.Changes(ctx, 3, 10)
	if err != nil || len(changes) != 2 || changes[0].Agreement != nil || changes[1].ID != "ag-art-00000" {
		t.Errorf("Changes after 3 = %+v, %v, want the tombstone and the change", changes, err)
	}
}

// TestOpenRefuses: what is no archive gives an error that helps, and stays as
// it is.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.db")
	if err := os.WriteFile(junk, []byte("this is no database at all, but long enough"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), junk); !errors.Is(err, ErrDamaged) {
		t.Errorf("Open of junk = %v, want ErrDamaged", err)
	}
	if got, _ := os.ReadFile(junk); !strings.HasPrefix(string(got), "this is no") {
		t.Error("the junk was touched")
	}
	newer := filepath.Join(dir, "newer.db")
	a := open(t, newer)
	if _, err := a.write.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if _, err := Open(context.Background(), newer); !errors.Is(err, ErrNewer) {
		t.Errorf("Open of a newer archive = %v, want ErrNewer", err)
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "none", "a.db")); err == nil {
		t.Error("Open in a folder that is not there: want an error")
	}
}

// TestCut: a file that lost its end is told from a sound one, by opening it or
// by checking it, and stays as it is.
func TestCut(t *testing.T) {
	ctx := context.Background()
	for _, keep := range []float64{0.1, 0.5, 0.9} {
		path := filepath.Join(t.TempDir(), "a.db")
		a := open(t, path)
		for n := range 200 {
			out, rec := outcome(n)
			if err := a.Finish(ctx, out, rec); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		size := int64(float64(info.Size()) * keep)
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		a, err = Open(ctx, path)
		if err == nil {
			err = a.Check(ctx)
			a.Close()
		}
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%d %% of a file: %v, want ErrDamaged", int(100*keep), err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() != size {
			t.Errorf("%d %% of a file: it was touched: %v, %v", int(100*keep), info, err)
		}
	}
}

// TestUpgrade: an archive of the first version keeps what it has, and a step
// that fails leaves it as it was.
func TestUpgrade(t *testing.T) {
	ctx := context.Background()
	first := func(name, more string) string {
		path := filepath.Join(t.TempDir(), name)
		db, err := connect(path, "immediate", 1)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		script, err := migrations.ReadFile("migrations/0001_archive.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range []string{string(script), "INSERT INTO meta VALUES ('generation', 'aa'), ('seq', '0')", "PRAGMA user_version = 1",
			"INSERT INTO frontier VALUES (1, 'https://x.id/1', 'x', 'feed', '', '', 'pending', '', 0, '', 1, '', '', '')", more} {
			if _, err := db.Exec(sql); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	a := open(t, first("old.db", ""))
	if due, err := a.Due(ctx, "x", time.Now(), 10); err != nil || len(due) != 1 || due[0].URL != "https://x.id/1" || due[0].Article != "" {
		t.Errorf("Due after the upgrade = %+v, %v, want the address of before", due, err)
	}
	broken := first("broken.db", "CREATE INDEX frontier_article ON frontier (run)") // in the way of the second step
	if _, err := Open(ctx, broken); err == nil || !strings.Contains(err.Error(), "migrate to version 2") {
		t.Fatalf("Open = %v, want the step that failed", err)
	}
	db, err := connect(broken, "deferred", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var version, rows, columns int
	if err := db.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM frontier), (SELECT count(*) FROM pragma_table_info('frontier') WHERE name = 'article')").
		Scan(&version, &rows, &columns); err != nil || version != 1 || rows != 1 || columns != 0 {
		t.Errorf("after a failed step: version %d, %d rows, %d new columns, %v; want the archive as it was", version, rows, columns, err)
	}
}

// TestConcurrent: goroutines and two handles of one file write at once.
func TestConcurrent(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "a.db")
	handles := []*Archive{open(t, path), open(t, path)}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 10 {
				out, rec := outcome(g*100 + i)
				if err := handles[g%2].Finish(ctx, out, rec); err != nil {
					t.Error(err)
				}
			}
			if _, err := handles[g%2].Derive(ctx, oneEach); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if s, err := handles[0].Stats(ctx); err != nil || s.Articles != 40 || s.Agreements != 40 {
		t.Errorf("Stats = %+v, %v, want 40 of each", s, err)
	}
}

// TestMain lets the test binary be the writer that TestKill kills.
func TestMain(m *testing.M) {
	if path := os.Getenv("PAKTA_TEST_WRITER"); path != "" {
		writer(path)
	}
	os.Exit(m.Run())
}

// writer keeps articles for ever and says so after each.
func writer(path string) {
	a, err := Open(context.Background(), path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for n := 0; ; n++ {
		out, rec := outcome(n)
		if err := a.Finish(context.Background(), out, rec); err != nil {
			os.Exit(1)
		}
		fmt.Println(out.Article.ID)
	}
}

// TestKill kills a writer at ten moments: whatever it has acknowledged is
// there, and the file is sound.
func TestKill(t *testing.T) {
	for round := range 10 {
		path := filepath.Join(t.TempDir(), "a.db")
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "PAKTA_TEST_WRITER="+path)
		var told strings.Builder
		cmd.Stdout = &told
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(40+round*7) * time.Millisecond) // a moment to kill at, not a wait for something
		cmd.Process.Kill()
		cmd.Wait() // it was killed
		a := open(t, path)
		if err := a.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, id := range strings.Fields(told.String()) {
			if len(id) != len("art-00000") {
				continue // the line it was killed in
			}
			if _, err := a.Article(context.Background(), id); err != nil {
				t.Errorf("round %d: %s was acknowledged: %v", round, id, err)
			}
		}
		a.Close()
	}
}

// BenchmarkPack compresses a page as it is kept, and by the standard library's
// gzip at the same level; "of-standard" is the ratio of the times.
func BenchmarkPack(b *testing.B) {
	a := open(b, filepath.Join(b.TempDir(), "a.db"))
	var body bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(&body, "<p class=\"isi\">Bupati ke-%d menandatangani kesepakatan bersama di aula, %d Maret 2026.</p>\n", i, i%28+1)
	}
	page := &pakta.Page{URL: "https://contoh.example/", Body: body.Bytes()}
	b.SetBytes(int64(body.Len()))
	n, begin := 0, time.Now()
	for b.Loop() {
		n++
		if _, err := a.pack(page); err != nil {
			b.Fatal(err)
		}
	}
	ours := time.Since(begin)
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is a known one
	begin = time.Now()
	for range n {
		w.Reset(io.Discard)
		w.Write(page.Body) // to nowhere
		w.Close()
	}
	b.ReportMetric(ours.Seconds()/time.Since(begin).Seconds(), "of-standard")
}

func BenchmarkFinish(b *testing.B) {
	a := open(b, filepath.Join(b.TempDir(), "a.db"))
	n := 0
	for b.Loop() {
		out, rec := outcome(n)
		n++
		if err := a.Finish(context.Background(), out, rec); err != nil {
			b.Fatal(err)
		}
	}
}
