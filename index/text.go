package index

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"pakta"
)

// joined are pairs of words that newsrooms write apart or together; both are
// indexed and asked for as one word, so that "kerja sama" is not "kerja" and
// not a slow phrase.
var joined = map[[2]string]string{
	{"kerja", "sama"}: "kerjasama", {"bekerja", "sama"}: "bekerjasama", {"wali", "kota"}: "walikota",
	{"olah", "raga"}: "olahraga",
}

// instrumentWords are what people call the instruments, indexed with each.
var instrumentWords = map[pakta.InstrumentType]string{
	pakta.KesepakatanBersama:  "kesepakatan bersama ksb",
	pakta.PerjanjianKerjaSama: "perjanjian kerja sama pks",
	pakta.NotaKesepakatan:     "nota kesepakatan",
	pakta.NotaKesepahaman:     "nota kesepahaman mou memorandum of understanding",
	pakta.RencanaKerja:        "rencana kerja",
}

// terms are the words of a text as they are indexed: lower case, without
// accents, stemmed. quoted tells of each whether it was asked for in quotation
// marks and whether it opens a quotation; it is nil for documents.
func terms(s string) []string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := words[:0:0]
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			if j, ok := joined[[2]string{words[i], words[i+1]}]; ok {
				out = append(out, stem(j))
				i++
				continue
			}
		}
		out = append(out, stem(words[i]))
	}
	return out
}

// fold lower-cases, drops accents and the apostrophes inside words.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r), r == '\'', r == '’', r == '\u00ad', r == '\u200b':
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// stem cuts the endings of an Indonesian word after the first steps of the
// stemmer of F. Z. Tala (A Study of Stemming Effects on Information Retrieval
// in Bahasa Indonesia, 2003): particles and possessives, then the prefixes
// me-, di-, ke-, pe-, be-, te- and the suffixes -kan, -an, -i while two
// syllables remain. It is rougher than a dictionary, in documents and queries
// alike; names lose nothing that matters, because both sides lose the same.
func stem(w string) string {
	if strings.IndexFunc(w, unicode.IsDigit) >= 0 {
		return w
	}
	w = cutSuffix(w, "kah", "lah", "pun")
	w = cutSuffix(w, "nya", "ku", "mu")
	cut := w
	for _, p := range [...]struct{ prefix, put string }{
		{"meng", ""}, {"meny", "s"}, {"mem", ""}, {"men", ""}, {"me", ""},
		{"peng", ""}, {"peny", "s"}, {"pem", ""}, {"pen", ""}, {"per", ""}, {"ber", ""}, {"ter", ""}, {"di", ""}, {"ke", ""},
	} {
		if rest, ok := strings.CutPrefix(w, p.prefix); ok && syllables(rest) >= 2 {
			cut = p.put + rest
			break
		}
	}
	return cutSuffix(cut, "kan", "an", "i")
}

// cutSuffix cuts the first of the suffixes that leaves two syllables.
func cutSuffix(w string, suffixes ...string) string {
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(w, s); ok && syllables(rest) >= 2 {
			return rest
		}
	}
	return w
}

func syllables(w string) int {
	n := 0
	for _, r := range w {
		if strings.ContainsRune("aeiou", r) {
			n++
		}
	}
	return n
}

// document is an agreement as Bleve gets it. Text is analysed here, so that
// Bleve only splits at spaces.
type document struct {
	Text       string   `json:"text"` // all words
	Head       string   `json:"head"` // words of parties and headlines, which weigh more
	Region     []string `json:"region"`
	Party      []string `json:"party"` // regional parties, for facets
	Sector     []string `json:"sector"`
	Kind       string   `json:"kind"`
	Instrument []string `json:"instrument"`
	Status     string   `json:"status"`
	Law        []string `json:"law"`
	Official   string   `json:"official"`
	Year       string   `json:"year"`
	Day        float64  `json:"day"`
	ID         string   `json:"id"`
	Source     string   `json:"source"` // the agreement's JSON, stored only
}

func newDocument(ag *pakta.Agreement, source string) document {
	d := document{
		Kind: string(ag.Kind), Status: string(ag.Status), Year: yearOf(ag), Day: dayOf(ag), ID: ag.ID, Source: source,
	}
	var head, text, names strings.Builder
	add := func(b *strings.Builder, s string) {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	for _, p := range ag.Parties {
		add(&head, p.Name)
		add(&text, writtenTogether(p.Name))
		if code := string(p.Region); code != "" {
			d.Party = append(d.Party, code)
			d.Region = append(d.Region, code, code[:min(2, len(code))])
		}
	}
	for _, r := range ag.Reports {
		add(&head, r.Title)
	}
	for _, r := range ag.Regions {
		add(&text, r.Name)
		add(&text, writtenTogether(r.Name))
	}
	for _, o := range ag.Officials {
		add(&names, string(o.Name))
		add(&text, string(o.Name)+" "+string(o.Position))
	}
	for _, l := range ag.LegalRefs {
		d.Law = append(d.Law, lawKey(l.ID))
		add(&text, l.ID+" "+string(l.Title))
	}
	for _, s := range ag.Sectors {
		d.Sector = append(d.Sector, s.Code)
		add(&text, s.Name)
		for _, e := range s.Evidence {
			add(&text, e.Text)
		}
	}
	for _, s := range ag.SectorsOther {
		add(&text, s.Text)
	}
	for _, in := range ag.Instruments {
		d.Instrument = append(d.Instrument, string(in.Type))
		add(&text, instrumentWords[in.Type])
	}
	for _, n := range ag.Numbers {
		add(&text, n.Value)
	}
	for _, f := range ag.Forums {
		add(&text, f.Name)
	}
	if ag.Venue != nil {
		add(&text, ag.Venue.Name)
	}
	d.Head = strings.Join(terms(head.String()), " ")
	d.Text = d.Head + " " + strings.Join(terms(text.String()), " ")
	d.Official = strings.Join(terms(names.String()), " ")
	return d
}

// writtenTogether are the neighbouring words of a name written as one, as
// newsrooms do with names of regions: Deli Serdang, Deliserdang. Indexed beside
// the name, they are found by either spelling and by each word alone.
func writtenTogether(name string) string {
	words := strings.Fields(name)
	var pairs []string
	for i := 0; i+1 < len(words); i++ {
		pairs = append(pairs, words[i]+words[i+1])
	}
	return strings.Join(pairs, "\n")
}

// lawKey folds a law's id: "uu 23/2014".
func lawKey(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), " ")) }
