namespace VaultGrid.Enclave;

/// <summary>
/// Keeps the documents of Trusts that were signed in one place, beside the store, as <c>forks/&lt;hash&gt;.trust</c>: public, self-contained, for whoever has to find out who signed both. That a chain
/// has forked stands in the sealed store, by hash.
/// </summary>
internal sealed class ForkEvidence(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A chain is kept once here, whatever its operators sign after that.
    private const int Most = 2 * EnclaveLimits.Chains;

    /// <summary>Keeps one; a disk that doesn't take it is told of, and nothing else.</summary>
    public void Keep(Trust trust)
    {
        var path = Path.Combine(folder, $"{trust.Hash}.trust");
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            if (!File.Exists(path) && Directory.EnumerateFiles(folder).Count() < Most) DurableFile.Replace(path, DocumentFile.Write("trust", trust.ToBytes()));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Notices.Failed("the evidence of a fork could not be kept", failed);
        }
    }
}
