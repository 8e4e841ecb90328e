package eval

import (
	"encoding/json"
	"errors"
	"fmt"

	"pakta"
)

// Article is an article with its labels: what an ideal reader takes from it.
type Article struct {
	pakta.Article
	Gold Labels
}

// Labels are what an article says. Regions go by their official names,
// sectors and laws by their codes and ids.
type Labels struct {
	IsAgreement *bool           `json:"is_agreement"` // never nil after ParseArticle
	Instruments []string        `json:"instruments"`
	Kind        pakta.Maybe     `json:"kind"`
	Status      pakta.Maybe     `json:"status"`
	SignedOn    pakta.Maybe     `json:"signed_on"`
	Dates       []LabelDate     `json:"dates"`
	Venue       pakta.Maybe     `json:"venue"`
	Parties     []LabelParty    `json:"parties"`
	Regions     []string        `json:"regions"`
	Officials   []LabelOfficial `json:"officials"`
	LegalRefs   []string        `json:"legal_refs"`
	Sectors     []string        `json:"sectors"`
}

// LabelDate is a date, and the words that say it.
type LabelDate struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// LabelParty is a party in the words of the text; Region is the official name
// of a regional government's region, else empty.
type LabelParty struct {
	Text   string      `json:"text"`
	Region pakta.Maybe `json:"region"`
}

// LabelOfficial is a person in office.
type LabelOfficial struct {
	Name     string      `json:"name"`
	Position pakta.Maybe `json:"position"`
}

// ParseArticle reads one labelled article: the JSON of an article with a key
// "gold" that holds its labels.
func ParseArticle(line []byte) (*Article, error) {
	var in struct {
		Gold *Labels `json:"gold"`
	}
	a := new(Article)
	if err := json.Unmarshal(line, &a.Article); err != nil {
		return nil, fmt.Errorf("not an article: %w", err)
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	switch {
	case a.Title == "" && a.Text == "":
		return nil, errors.New("the article is empty: neither title nor text")
	case in.Gold == nil:
		return nil, errors.New(`the article has no labels: the key "gold" is missing`)
	case in.Gold.IsAgreement == nil:
		return nil, errors.New("gold: is_agreement is missing")
	}
	a.Gold = *in.Gold
	return a, nil
}
