package linkedin

import (
	"strings"
	"unicode/utf8"
)

// pathOf returns the path of an address that has neither query nor fragment, and no :// but behind its
// scheme, once scheme and host are known to be LinkedIn's.
func pathOf(address string) (string, reason) {
	if hasPrefixFold(address, "/in/") {
		return address, ""
	}
	if scheme, rest, ok := strings.Cut(address, "://"); ok {
		switch fold(scheme) {
		case "https", "http":
			address = rest
		case "linkedin": // the app's own links have no host
			return rest, ""
		default:
			return "", otherScheme
		}
	} else {
		address = strings.TrimPrefix(address, "//")
	}
	host, path, _ := strings.Cut(address, "/")
	return path, checkHost(host)
}

// checkHost says what is wrong with the part of an address between scheme and path.
func checkHost(host string) reason {
	if host == "www.linkedin.com" || host == "linkedin.com" {
		return ""
	}
	if strings.Contains(host, "@") {
		return userinfo
	}
	odd := false
	for i := range len(host) {
		switch c := host[i]; {
		case c >= utf8.RuneSelf:
			return otherScript
		case !alphanumeric(c) && c != '-' && c != '.' && c != ':':
			odd = true
		}
	}
	host = strings.TrimSuffix(fold(host), ".")
	switch {
	case odd:
		return badHost
	case strings.Contains(host, ":"):
		return port
	case strings.HasPrefix(host, "xn--") || strings.Contains(host, ".xn--"):
		return otherScript
	case host == "linkedin.com":
		return ""
	case host == "lnkd.in" || strings.HasSuffix(host, ".lnkd.in"):
		return shortLink
	case !strings.Contains(host, "."):
		return noAddress
	}
	labels, ours := strings.CutSuffix(host, ".linkedin.com")
	switch {
	case !ours && strings.Contains(host, "linkedin"):
		return lookalike
	case !ours:
		return otherHost
	case labels == "" || labels[0] == '.' || strings.HasSuffix(labels, ".") || strings.Contains(labels, ".."):
		return badHost
	}
	return ""
}
