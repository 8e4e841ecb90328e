package extract

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pakta"
	"pakta/eval"
	"pakta/rules"
)

var update = flag.Bool("update", false, "rewrite golden files")

// labelledFolder holds the project's own labelled articles; its README says
// what they are.
const labelledFolder = "../testdata/corpus"

// readLabelled reads the labelled articles of one file.
func readLabelled(t *testing.T, name string) []*eval.Article {
	t.Helper()
	f, err := os.Open(filepath.Join(labelledFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // reading only
	var all []*eval.Article
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		a, err := eval.ParseArticle(sc.Bytes())
		if err != nil {
			t.Fatalf("%s:%d: %v", name, line, err)
		}
		a.Article = *Normalize(&a.Article)
		all = append(all, a)
	}
	if err := sc.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return all
}

// TestScore compares how right the records of the labelled articles are with
// testdata/score.golden. Better or worse, a change is a change of that file.
func TestScore(t *testing.T) {
	x := newTestExtractor(t)
	scorer := eval.NewScorer(x.set.Regions(), x.set.Sectors())
	var got bytes.Buffer
	for _, name := range []string{"seen.jsonl", "heldout.jsonl"} {
		var tally eval.Tally
		for _, a := range readLabelled(t, name) {
			tally.Add(scorer.Score(a, x.Read(&a.Article)))
		}
		writeScores(&got, name, tally.Report())
	}
	golden := filepath.Join("testdata", "score.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("scores differ; if they are better, or the loss is meant, run go test ./extract -run Score -update (-want +got):\n%s", diff)
	}
}

func writeScores(b *bytes.Buffer, name string, r *eval.Report) {
	fmt.Fprintf(b, "%-24s %5s  %5s  %5s  %5s\n", name, "P", "R", "F1", "n")
	for _, s := range r.Fields {
		fmt.Fprintf(b, "%-24s %.3f  %.3f  %.3f  %5d\n", s.Field, s.Precision(), s.Recall(), s.F1(), s.Cases())
	}
	fmt.Fprintf(b, "%d articles, macro F1 %.3f, lowest %.3f (%s)\n\n", r.Articles, r.MacroF1, r.Lowest.F1(), r.Lowest.Field)
}

// TestOrdinary: no ordinary news is taken for a report of an agreement.
func TestOrdinary(t *testing.T) {
	x := newTestExtractor(t)
	articles := readLabelled(t, "ordinary.jsonl")
	taken := 0
	for _, a := range articles {
		if rec := x.Extract(&a.Article); rec.Agreement {
			taken++
			t.Errorf("%s is taken for an agreement by %v: %s", a.ID, rec.Reasons, a.Title)
		}
	}
	if taken > 0 {
		t.Errorf("%d of %d ordinary articles are taken for agreements", taken, len(articles))
	}
}

// TestLabels: labels are ones that a reader of the article can have given, in
// the spelling that the scores compare.
func TestLabels(t *testing.T) {
	set, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, name := range []string{"seen.jsonl", "heldout.jsonl", "ordinary.jsonl"} {
		for _, a := range readLabelled(t, name) {
			if a.ID == "" || ids[a.ID] {
				t.Errorf("%s: id %q is empty or stands twice", name, a.ID)
			}
			ids[a.ID] = true
			if name == "ordinary.jsonl" && *a.Gold.IsAgreement {
				t.Errorf("%s: %s reports an agreement", name, a.ID)
			}
			for _, problem := range labelProblems(a, set) {
				t.Errorf("%s: %s: %s", name, a.ID, problem)
			}
		}
	}
}

// labelProblems says what is wrong with the labels of an article.
func labelProblems(a *eval.Article, set *rules.Set) (problems []string) {
	g := &a.Gold
	text := strings.ToLower(strings.Join(strings.Fields(a.Canonical()), " "))
	literal := func(what, words string) {
		if words = strings.ToLower(strings.Join(strings.Fields(words), " ")); !strings.Contains(text, words) {
			problems = append(problems, fmt.Sprintf("%s %q does not stand in the article", what, words))
		}
	}
	region := func(name string) {
		official := func(r pakta.Region) bool { return r.Name == name }
		if !slices.ContainsFunc(set.Regions(), official) {
			problems = append(problems, fmt.Sprintf("no region is called %q", name))
		}
	}
	for _, d := range g.Dates {
		literal("date", d.Text)
	}
	for _, o := range g.Officials {
		literal("official", o.Name)
	}
	for _, p := range g.Parties {
		literal("party", p.Text)
		if p.Region != "" {
			region(string(p.Region))
		}
	}
	for _, name := range g.Regions {
		region(name)
	}
	literal("venue", string(g.Venue))
	if g.SignedOn != "" && !slices.ContainsFunc(g.Dates, func(d eval.LabelDate) bool { return d.Value == string(g.SignedOn) }) {
		problems = append(problems, "signed_on is not among the dates")
	}
	return append(problems, codeProblems(g, set)...)
}

// codeProblems says which codes do not exist.
func codeProblems(g *eval.Labels, set *rules.Set) (problems []string) {
	check := func(what, code string, exists bool) {
		if !exists {
			problems = append(problems, fmt.Sprintf("there is no %s %q", what, code))
		}
	}
	for _, code := range g.Sectors {
		_, ok := set.SectorByCode(code)
		check("sector", code, ok)
	}
	for _, typ := range g.Instruments {
		check("instrument", typ, slices.Contains(pakta.InstrumentTypes(), pakta.InstrumentType(typ)))
	}
	if g.Kind != "" {
		check("kind", string(g.Kind), slices.Contains(pakta.Kinds(), pakta.Kind(g.Kind)))
	}
	if g.Status != "" {
		check("status", string(g.Status), slices.Contains(pakta.Statuses(), pakta.Status(g.Status)))
	}
	return problems
}
