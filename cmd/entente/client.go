package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"

	"golang.org/x/term"

	"entente/internal/app"
	"entente/internal/centre"
)

// person says in whose name a command acts, and where.
type person struct {
	As       string `help:"Login of the person in whose name this is done." env:"ENTENTE_LOGIN" required:""`
	Password string `help:"Password; without it you are asked." env:"ENTENTE_PASSWORD" hidden:""`
	Server   string `help:"Address of a running centre, instead of a folder." placeholder:"URL"`
	JSON     bool   `help:"Print JSON for machines." name:"json"`
}

// client speaks the API of a centre as one signed-in person.
type client struct {
	http http.Client
	base string
	// operator proves a hand on the centre's machine; "" with --server.
	operator string
	close    func()
}

// signIn reaches the centre and signs the person in. Where the centre is
// started for this command alone, it has the roles given besides RoleWeb.
func (p person) signIn(s *surroundings, roles ...app.Role) (*client, error) {
	c, err := reach(s, p.Server, roles...)
	if err != nil {
		return nil, err
	}
	if err := p.openSession(s, c); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (p person) openSession(s *surroundings, c *client) error {
	var public struct{ Demo bool }
	if err := c.get(s, "/centre/public", nil, &public); err != nil {
		return err
	}
	if public.Demo && p.Password == "" {
		return c.post(s, "/demo/session", map[string]string{"login": p.As}, nil)
	}
	if p.Password == "" {
		password, err := askPassword(s, "Password of "+p.As+": ")
		if err != nil {
			return err
		}
		p.Password = password
	}
	return c.post(s, "/session", map[string]string{"login": p.As, "password": p.Password}, nil)
}

// reach finds the centre: at an address, or running on the folder, or else it
// starts the centre of the folder for the time of the command.
func reach(s *surroundings, server string, roles ...app.Role) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{http: http.Client{Jar: jar}, close: func() {}}
	if server != "" {
		address, err := url.Parse(server)
		if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
			return nil, centre.Invalid("%q is not an address of a centre; write it like https://centre.example", server)
		}
		c.base = strings.TrimSuffix(server, "/") + "/api/v1"
		return c, nil
	}
	if address, key, running := app.RunningAt(s.Context, s.folder); running {
		c.base, c.operator = "http://"+address+"/api/v1", key
		return c, nil
	}
	running, err := app.Serve(s.Context, app.Config{
		Folder: s.folder, Database: s.database, Listen: "127.0.0.1:0", Roles: append(roles, app.RoleWeb), Quiet: true,
	})
	if err != nil {
		return nil, err
	}
	c.base, c.operator, c.close = "http://"+running.Address+"/api/v1", running.OperatorKey, running.Stop
	return c, nil
}

func (c *client) get(s *surroundings, path string, query url.Values, answer any) error {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return c.call(s, http.MethodGet, path, "", nil, answer)
}

func (c *client) post(s *surroundings, path string, body, answer any) error {
	return c.send(s, http.MethodPost, path, body, answer)
}

func (c *client) send(s *surroundings, method, path string, body, answer any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.call(s, method, path, "application/json", bytes.NewReader(encoded), answer)
}

// call makes one request. An answer of type *json.RawMessage or *[]byte gets the
// body as it came.
func (c *client) call(s *surroundings, method, path, mediaType string, body io.Reader, answer any) error {
	response, err := c.request(s, method, path, mediaType, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return centre.Refuse(centre.CodeUnavailable, "The centre's answer broke off: %w; try again.", err)
	}
	switch a := answer.(type) {
	case nil:
		return nil
	case *[]byte:
		*a = raw
		return nil
	}
	return json.Unmarshal(raw, answer)
}

// request makes one request and turns refusals into errors.
func (c *client) request(s *surroundings, method, path, mediaType string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(s.Context, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	if c.operator != "" {
		request.Header.Set("X-Entente-Operator", c.operator)
	}
	if mediaType != "" {
		request.Header.Set("Content-Type", mediaType)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The centre at %s does not answer: %w.", strings.TrimSuffix(c.base, "/api/v1"), err)
	}
	if response.StatusCode < 300 {
		return response, nil
	}
	defer response.Body.Close()
	var problem struct {
		Detail string
		Code   centre.Code
		Errors []struct{ Message, Location string }
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&problem); err != nil || problem.Detail == "" {
		return nil, fmt.Errorf("the centre answered %s", response.Status)
	}
	for _, e := range problem.Errors {
		problem.Detail += fmt.Sprintf(" (%s: %s)", e.Location, e.Message)
	}
	return nil, &centre.Error{Code: problem.Code, Message: problem.Detail}
}

// askPassword asks at the terminal, without showing what is typed, or reads a
// line of what is piped in.
func askPassword(s *surroundings, question string) (string, error) {
	var line string
	if file, ok := s.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(s.err, question)
		typed, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(s.err)
		if err != nil {
			return "", err
		}
		line = string(typed)
	} else {
		read, err := bufio.NewReader(s.in).ReadString('\n')
		if err != nil && err != io.EOF {
			return "", err
		}
		line = strings.TrimRight(read, "\r\n")
	}
	if line == "" {
		return "", centre.Refuse(centre.CodeUnauthenticated, "No password was given; type it, pipe it in, or set ENTENTE_PASSWORD.")
	}
	return line, nil
}

// printJSON prints a value for machines.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
