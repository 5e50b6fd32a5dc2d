using System.Globalization;

namespace VaultGrid.Relay;

/// <summary>Which Trusts, HSMs or Domains are wanted, from the query.</summary>
internal static class TrustPages
{
    private static readonly string[] States = ["unsigned", "signed", "passed"];

    public static Outcome<TrustQuery> Of(string? after, string? limit, string? chain, string? state, string? named)
    {
        if (!Pages.Of(after, limit).Is(out var page, out var refusal)) return refusal;
        if (state is not null && !States.Contains(state, StringComparer.Ordinal)) return Invalid($"state is one of {string.Join(", ", States)}");
        if (named is not null && !IsOperator(named)) return Invalid("operator is an operator's identity, such as vaultgrid://operator/3");
        return ChainOf(chain, out var id) ?? (Outcome<TrustQuery>)new TrustQuery { After = page.After, Limit = page.Limit, Chain = id, State = state, Operator = named };
    }

    public static Outcome<HsmKeyQuery> Of(string? after, string? limit, string? chain)
    {
        if (!Pages.Of(after, limit).Is(out var page, out var refusal)) return refusal;
        return ChainOf(chain, out var id) ?? (Outcome<HsmKeyQuery>)new HsmKeyQuery { After = page.After, Limit = page.Limit, Chain = id };
    }

    public static Outcome<DomainQuery> OfDomains(string? after, string? limit, string? chain, string? owner, string? below)
    {
        if (!Pages.Of(after, limit).Is(out var page, out var refusal)) return refusal;
        if (owner is not null && !IsOperator(owner)) return Invalid("owner is an operator's identity, such as vaultgrid://operator/3");
        if (ChainOf(chain, out var id) is { } wrong) return wrong;
        ulong? number = null;
        if (below is not null)
        {
            if (id is null || !ulong.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed == 0 || parsed > long.MaxValue)
                return Invalid("below is the number of a Trust, and stands beside chain");
            number = parsed;
        }

        return new DomainQuery { After = page.After, Limit = page.Limit, Chain = id, Owner = owner, Below = number };
    }

    private static Refusal? ChainOf(string? text, out TrustId? chain)
    {
        chain = null;
        if (text is null) return null;
        if (!TrustId.TryParse(text, out var parsed)) return Invalid("chain is a lower-case UUID");
        chain = parsed;
        return null;
    }

    private static bool IsOperator(string text) => CertificateIdentity.Parse(text).Is(out var identity, out _) && identity.Role == CertificateRole.Operator;

    private static Refusal Invalid(string why) => new(RefusalCode.PageInvalid, why);
}
