using VaultGrid.Model.Certificates;

namespace VaultGrid.Client.Grains;

/// <summary>Authorities, from the grains' messages to the client's records.</summary>
internal static class AuthorityMapping
{
    public static Outcome<AuthorityFile> File(AuthoritiesBundle bundle) =>
        AuthorityBundle.Parse(bundle.Bundle.Span).Then<AuthorityFile>(parsed => new AuthorityFile(parsed.ToPem()));

    public static Outcome<AuthoritiesPublished> Published(PublishedAuthorities published) => new AuthoritiesPublished(
        [.. published.Nodes.Select(verdict => new NodeTook(verdict.Node, GridMapping.ProblemOf(verdict.Refusal)))]);
}
