package linkedin

import "strings"

// pathKey returns the key of the person to whom a path on linkedin.com leads.
func pathKey(path string) (string, reason) {
	section, rest := segment(path)
	section = fold(section)
	for section == "mwlite" || section == "comm" { // the light mobile site, and links in mails
		section, rest = segment(rest)
		section = fold(section)
	}
	switch section {
	case "in":
		return personKey(rest)
	case "pub":
		if first, _ := segment(rest); fold(first) == "dir" {
			return "", nameList
		}
		return personKey(rest)
	case "sales":
		return salesKey(rest)
	case "talent", "recruiter":
		return recruiterKey(rest)
	}
	return "", notPerson(section)
}

// notPerson says why a section of LinkedIn holds no profiles.
func notPerson(section string) reason {
	switch section {
	case "":
		return front
	case "company":
		return company
	case "school":
		return school
	case "showcase":
		return showcase
	case "feed":
		return feed
	case "jobs":
		return jobs
	case "posts":
		return posts
	case "profile":
		return oldView
	}
	return otherPage
}

// personKey reads what follows /in/: a slug or a member token, and sub-pages.
func personKey(path string) (string, reason) {
	raw, rest := segment(path)
	if strings.Contains("/"+rest, "/..") {
		return "", stepsBack
	}
	return slugKey(raw)
}

// salesKey reads what follows /sales/: lead or people, and a token with its search behind a comma.
func salesKey(path string) (string, reason) {
	list, rest := segment(path)
	switch fold(list) {
	case "lead", "people":
	case "company", "account", "accounts":
		return "", company
	default:
		return "", otherPage
	}
	token, why := tokenOf(rest)
	if why != "" {
		return "", why
	}
	if key, ok := memberKey(token); ok {
		return key, ""
	}
	return "", brokenToken
}

// recruiterKey reads what follows /talent/ or /recruiter/. The profile may stand deeper than at once:
// /talent/search/profile/…, /talent/hire/1234/manage/all/profile/….
func recruiterKey(path string) (string, reason) {
	for path != "" {
		var part string
		if part, path = segment(path); fold(part) != "profile" {
			continue
		}
		token, why := tokenOf(path)
		if why != "" {
			return "", why
		}
		if key, ok := memberKey(token); ok {
			return key, ""
		}
		return recruiter + token, ""
	}
	return "", otherPage
}

// urnKey reads what follows urn:li:, such as fsd_profile:ACoAA… or fs_salesProfile:(ACwAA…,NAME_SEARCH,xyz).
func urnKey(urn string) (string, reason) {
	kind, id, _ := strings.Cut(urn, ":")
	if !strings.HasSuffix(fold(kind), "profile") {
		return "", otherThing
	}
	token, why := tokenOf(strings.TrimPrefix(id, "("))
	if why != "" {
		return "", why
	}
	if key, ok := memberKey(token); ok {
		return key, ""
	}
	return "", brokenToken
}
