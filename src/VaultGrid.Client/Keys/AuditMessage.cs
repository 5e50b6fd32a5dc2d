namespace VaultGrid.Client;

/// <summary>What an audit signature is asked over.</summary>
/// <param name="Message">At most 8 bytes.</param>
/// <param name="Node">The number of the node within its cluster that is to sign; any where null.</param>
public sealed record AuditMessage(ReadOnlyMemory<byte> Message, uint? Node = null);
