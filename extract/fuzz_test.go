package extract

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"pakta"
	"pakta/rules"
)

// FuzzExtract: whatever the text, there is a record that is valid by the
// schema; its evidence is what stands at its offsets and in order; and it is
// the same again, in several goroutines, and by rules whose rows were read in
// another order.
func FuzzExtract(f *testing.F) {
	f.Add("Merangin dan Kerinci Teken Kesepakatan Bersama", kesepakatan)
	f.Add("", "Bupati Bupati Bupati (Pj) Wali Kota, , , dan dan Nomor 1/2/3 UU 23/2014 Pasal (1)(")
	f.Add("X", "\x00\xff Kab. Kota Prov. MoU antara PT (Persero) dan \"Universitas di Aula, Jumat (31/2) 99-99-9999 Rp 1,2,3 miliar")
	f.Add("Kepala", "Kepala Dinas")
	f.Add("Kesepakatan Bersama", "Kerinci menandatangani kesepakatan bersama MAJU")
	f.Add("Kesepakatan Bersama", "Kerinci menandatangani kesepakatan bersama sesuai PP 2018 Nomor")
	f.Add("Merangin Kesepakatan Bersama", "Pemerintah Pati Merangin0 No/ teken 0")
	for _, h := range hostile {
		f.Add(h.name, hostileText(h.unit, 600))
	}
	x, y, schema := newTestExtractor(f), shuffledExtractor(f, 1), recordSchema(f)
	f.Fuzz(func(t *testing.T, title, text string) {
		art := Normalize(&pakta.Article{ID: "fuzz", Title: title, Text: text})
		rec, _ := x.Explain(art)
		checkRecord(t, rec, art.Canonical())
		checkSchema(t, schema, rec)
		var wg sync.WaitGroup
		for _, again := range []*Extractor{x, x, y} {
			wg.Go(func() {
				if r, _ := again.Explain(art); !reflect.DeepEqual(rec, r) {
					t.Error("another record from the same article")
				}
			})
		}
		wg.Wait()
	})
}

// checkRecord: nothing failed, and each list of evidence is in order.
func checkRecord(t *testing.T, rec *pakta.Record, text string) {
	t.Helper()
	for _, w := range rec.Warnings {
		if w.Code == "extractor_failed" {
			t.Fatal(w.Message)
		}
	}
	checkEvidence(t, rec, text)
	rec.EachEvidenceList(func(list *[]pakta.Evidence) {
		if !slices.IsSortedFunc(*list, func(a, b pakta.Evidence) int { return a.Start - b.Start }) {
			t.Errorf("evidence is not in the order of the text: %+v", *list)
		}
	})
}

func recordSchema(tb testing.TB) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(pakta.RecordSchema))
	if err != nil {
		tb.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("record.json", doc); err != nil {
		tb.Fatal(err)
	}
	schema, err := compiler.Compile("record.json")
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}

func checkSchema(t *testing.T, schema *jsonschema.Schema, rec *pakta.Record) {
	t.Helper()
	text, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("not valid by the schema: %v", err)
	}
}

// TestShuffledRules: the order of the rows in the files of rules changes
// neither their version nor what is read.
func TestShuffledRules(t *testing.T) {
	x := newTestExtractor(t)
	for seed := range int64(3) {
		y := shuffledExtractor(t, seed)
		if got, want := y.set.Version(), x.set.Version(); got != want {
			t.Errorf("version of shuffled rules is %s, want %s", got, want)
		}
		for _, a := range bundled(t) {
			if !reflect.DeepEqual(x.Extract(a), y.Extract(a)) {
				t.Errorf("%s: another record by shuffled rules", a.ID)
			}
		}
	}
}

// shuffledExtractor compiles the built-in rules with the rows of every table
// in another order: one overlay removes them all, the next brings them back.
func shuffledExtractor(tb testing.TB, seed int64) *Extractor {
	tb.Helper()
	data := os.DirFS("../rules/data")
	names, err := fs.Glob(data, "*.csv")
	if err != nil || len(names) == 0 {
		tb.Fatal("no tables of rules: ", err)
	}
	random := rand.New(rand.NewSource(seed))
	gone, back := fstest.MapFS{}, fstest.MapFS{}
	for _, name := range names {
		file, err := fs.ReadFile(data, name)
		if err != nil {
			tb.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(file))
		r.Comment, r.FieldsPerRecord = '#', -1
		rows, err := r.ReadAll()
		if err != nil {
			tb.Fatal(err)
		}
		removals := [][]string{rows[0]}
		for _, row := range rows[1:] {
			removals = append(removals, []string{"-" + strings.TrimSpace(row[0])})
		}
		random.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
		gone[name], back[name] = csvFile(tb, removals), csvFile(tb, rows)
	}
	set, err := rules.Load(gone, back)
	if err != nil {
		tb.Fatal(err)
	}
	return New(set)
}

func csvFile(tb testing.TB, rows [][]string) *fstest.MapFile {
	tb.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		tb.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// FuzzTokens: tokens tile the text. They are in order and not empty, and
// between them stands nothing but white space and what is invisible.
func FuzzTokens(f *testing.F) {
	f.Add("Jum’at (8/8/2025)\nDrs. H. A\u00ad b")
	f.Add("Bupati'lah `a` ’b’ ÉÉ\u0301n UP3 12345678 abcdefgh abcdefghi " + strings.Repeat("panjang", 12))
	x := newTestExtractor(f)
	f.Fuzz(func(t *testing.T, s string) {
		s = Normalize(&pakta.Article{Text: s}).Text
		toks := x.lex.vocab.tokenize(nil, []byte(s))
		end := int32(0)
		for i, tok := range toks {
			if tok.start < end || tok.end <= tok.start || int(tok.end) > len(s) {
				t.Fatalf("token %+v after %d in %d bytes", tok, end, len(s))
			}
			if i > 0 && (tok.line < toks[i-1].line || tok.sent < toks[i-1].sent) {
				t.Fatalf("token %+v is of an earlier line or sentence than %+v", tok, toks[i-1])
			}
			checkGap(t, s[end:tok.start])
			end = tok.end
		}
		checkGap(t, s[end:])
	})
}

func checkGap(t *testing.T, gap string) {
	t.Helper()
	if i := strings.IndexFunc(gap, func(r rune) bool { return !unicode.IsSpace(r) && !invisible(r) }); i >= 0 {
		t.Fatalf("%q is in no token", gap)
	}
}

// FuzzWords: a word read eight bytes at a time is the word read one by one.
func FuzzWords(f *testing.F) {
	f.Add("Penandatanganan123 dan UP3")
	f.Add("Rp0")
	x := newTestExtractor(f)
	f.Fuzz(func(t *testing.T, s string) {
		var fast, slow []token
		for _, read := range []struct {
			word func(*scanner)
			to   *[]token
		}{{(*scanner).word, &fast}, {(*scanner).wideWord, &slow}} {
			sc := scanner{vocab: x.lex.vocab, text: []byte(s), lineStart: true, para: true}
			for sc.pos < len(s) {
				if folds[s[sc.pos]] > '9' {
					read.word(&sc)
				} else {
					sc.pos++
				}
			}
			*read.to = sc.toks
		}
		if !slices.Equal(fast, slow) {
			t.Fatalf("%s\nwant %s", fmt.Sprint(fast), fmt.Sprint(slow))
		}
	})
}
