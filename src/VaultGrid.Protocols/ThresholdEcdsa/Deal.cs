using System.Diagnostics;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>A dealt key: what is published, and each cluster's shares, until the dealer has wrapped them and forgets.</summary>
[DebuggerDisplay("Deal(redacted)")]
public sealed class Deal : IDisposable
{
    internal Deal(DealStatement statement, IReadOnlyList<ShareSet> shares) => (Statement, Shares) = (statement, shares);

    /// <summary>What is published.</summary>
    public DealStatement Statement { get; }

    /// <summary>T of every cluster, in the order of the table. Everybody gets the same P besides.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<ShareSet> Shares { get; }

    /// <summary>Forgets: wipes all shares.</summary>
    public void Dispose()
    {
        foreach (var set in Shares) set.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "Deal(redacted)";
}
