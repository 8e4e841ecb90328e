package main

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"pakta/crawler"
)

// allKnown switches the whole starter list on.
const allKnown = "all"

// known reads the list under "known": names of the starter list, codes of
// provinces, or "all". The sources come in the order of the list.
func (c *config) known(node ast.Node) []source {
	if _, null := node.(*ast.NullNode); null {
		return nil
	}
	list, err := crawler.Known()
	if err != nil {
		c.complain(node.GetToken(), "known: %v", err)
		return nil
	}
	nodes := []ast.Node{node}
	if seq, ok := node.(*ast.SequenceNode); ok {
		nodes = seq.Values
	}
	on := map[string]int{} // the line that switches a source on
	for _, n := range nodes {
		word, ok := scalar(n)
		if !ok {
			c.complain(n.GetToken(), "known: want a list of names, province codes, or all")
			continue
		}
		picked := pickKnown(list, word)
		if len(picked) == 0 {
			c.complain(n.GetToken(), `known: %.40q is no name of the starter list and no code of a province%s ("pakta sources list --known" shows it)`,
				word, didYouMean(word, names(list)))
		}
		for _, name := range picked {
			on[name] = n.GetToken().Position.Line
		}
	}
	var all []source
	for _, k := range list {
		if line, ok := on[k.Name]; ok {
			all = append(all, source{name: k.Name, url: k.URL, region: k.Region, line: line, known: true})
		}
	}
	return all
}

// pickKnown are the names that a word of "known" stands for.
func pickKnown(list []crawler.KnownSource, word string) (picked []string) {
	for _, k := range list {
		if word == allKnown || word == k.Name || word == k.Region[:2] {
			picked = append(picked, k.Name)
		}
	}
	return picked
}

// names are those of the starter list.
func names(list []crawler.KnownSource) (all []string) {
	for _, k := range list {
		all = append(all, k.Name)
	}
	return all
}

// withoutTwins leaves out sources of the starter list that the file has
// entries of its own for, by name or address: its own count.
func withoutTwins(all []source) []source {
	return slices.DeleteFunc(slices.Clone(all), func(s source) bool {
		return s.known && slices.ContainsFunc(all, func(o source) bool {
			return !o.known && (strings.EqualFold(o.name, s.name) || crawler.SameSite(o.url, s.url))
		})
	})
}
