using System.Diagnostics;
using System.Reflection;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

public sealed class RedactionTests
{
    [Fact]
    public void What_holds_shares_prints_nothing_and_shows_a_debugger_nothing()
    {
        using var deal = Dealer.Draw(DealtKeys.Table(3, 2), DealtKeys.Paillier, DealtKeys.Random).Value;
        using var network = new SigningNetwork(DealtKeys.Of(3, 2), [1, 2], SigningNetwork.Approve());
        var group = PrimeGroup.Secp256k1;
        using var secrets = new LastSecrets(group.RandomSecret(), group.RandomSecret(), group.RandomSecret());
        object[] bearers = [deal, deal.Shares[0], DealtKeys.Of(3, 2)[0], network.Runs[0], secrets];
        foreach (var bearer in bearers)
        {
            Assert.Equal($"{bearer.GetType().Name}(redacted)", bearer.ToString());
            Assert.Contains("redacted", bearer.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Secrets_are_held_to_be_taken_once_by_the_states_of_a_session()
    {
        var states = typeof(SessionRun).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(ISessionParty)) && t.IsClass && t.Namespace == typeof(Dealer).Namespace).ToArray();
        Assert.NotEmpty(states);
        foreach (var field in states.SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)))
            Assert.False(field.FieldType == typeof(SecretScalar) || field.FieldType == typeof(LastSecrets), $"{field.DeclaringType}.{field.Name}");
    }
}
