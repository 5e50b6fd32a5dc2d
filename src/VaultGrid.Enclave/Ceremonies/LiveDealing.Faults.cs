using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <content>Who broke the protocol, and what shows it.</content>
internal sealed partial class LiveDealing
{
    // A bad share was sealed to this enclave alone: its complaint is its word, until the dealer opens the share or doesn't.
    private IEnumerable<CeremonyFault> Faults() =>
        _member.Faults.Select(found => new CeremonyFault(
                Plan.Dealers[found.Key.Value - 1], CheckOf(found.Value), [.. _member.EvidenceOf(found.Key).Select(message => (ReadOnlyMemory<byte>)message.ToBytes())]))
            .Concat(_member.Spoilers.Where(dealer => !_member.Faults.ContainsKey(dealer))
                .Select(dealer => new CeremonyFault(Plan.Dealers[dealer.Value - 1], NameOf(ProtocolCheck.Share), [])));

    private static string CheckOf(ProtocolFault fault) => fault switch
    {
        ProtocolFault.Equivocated => NameOf(ProtocolCheck.Equivocation),
        ProtocolFault.Cheated cheated => NameOf(cheated.Check),
        _ => "refused",
    };

    private static string NameOf(ProtocolCheck check) => check.ToString().ToLowerInvariant();
}
