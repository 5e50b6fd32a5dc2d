using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Who holds the shares of a version, with the devices that took the place of lost ones since: what holders' enclaves compare a ceremony's plan with.</summary>
internal static class FreshDevices
{
    /// <summary>The holders in order of their shares.</summary>
    /// <param name="version">The version.</param>
    /// <param name="replacements">The requests that gave its holders fresh devices, the oldest first.</param>
    public static IReadOnlyList<KeyHolder> HoldersOf(KeyVersion version, IEnumerable<ReadOnlyMemory<byte>> replacements)
    {
        List<KeyHolder> holders = [.. version.Holders];
        foreach (var bytes in replacements)
        {
            if (!RequestDocument.Parse(bytes.Span).Is(out var document, out _) || document.Request is not RepairShareRequest request) continue;
            var place = holders.IndexOf(new KeyHolder(request.Node, request.Replaces));
            if (place >= 0) holders[place] = new KeyHolder(request.Node, request.Device);
        }

        return holders;
    }
}
