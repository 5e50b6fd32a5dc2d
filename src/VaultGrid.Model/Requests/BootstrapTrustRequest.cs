using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks to begin a grid's first chain of Trusts with a Bootstrap Trust, or to end that with its first successor, for which the same administrators
/// stand in place of the operators it doesn't have; approved by the administrators pinned at provisioning.
/// </summary>
public sealed record BootstrapTrustRequest : Request
{
    internal const string Name = "bootstrap-trust";

    /// <summary>A request made here.</summary>
    public BootstrapTrustRequest() { }

    [SetsRequiredMembers]
    internal BootstrapTrustRequest(DocumentReader reader)
        : base(reader)
    {
        Trust = reader.Hash("trust");
        Replaces = reader.HashOrNone("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the Trust's body, which travels beside the request.</summary>
    public required Hash256 Trust { get; init; }

    /// <summary>The hash of the Bootstrap Trust that ends, or null where this one begins.</summary>
    public required Hash256? Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("trust", Trust).Add("replaces", Replaces);
}
