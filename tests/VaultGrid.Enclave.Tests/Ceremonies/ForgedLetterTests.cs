using System.Security.Cryptography;

namespace VaultGrid.Enclave.Tests;

/// <summary>A share that fits its dealer's signed dealing is taken whoever brought it; one that nobody signed and that does not fit is nothing, and convicts nobody.</summary>
public sealed class ForgedLetterTests
{
    [Fact]
    public async Task Shares_that_nobody_signed_displace_none_and_blame_nobody()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        var keys = new Dictionary<NodeId, P256PublicKey>();
        foreach (var said in await grid.DirectoryAsync(ceremony.Plan.Members))
        {
            var statement = SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Value;
            keys[statement.Node] = P256PublicKey.Parse(statement.PublicKey.Span).Value;
        }

        var forged = 0;
        ceremony.Tamper = (message, receiver) =>
        {
            if (message.Kind != CeremonyMessageKind.Share) return [message];
            forged++;
            return [Forge(ceremony.Plan, message, keys[receiver.Node]), message, Forge(ceremony.Plan, message, keys[receiver.Node])];
        };
        await ceremony.RunAsync();
        Assert.Equal(12, forged);
        Assert.Equal(grid.All, ceremony.Done);
        Assert.Empty(ceremony.Culprits);
        foreach (var id in grid.All) Assert.Equal(ShareState.Held, (await grid.ShareAsync(id, ceremony.Key)).State);
    }

    // Anybody can seal to a session key: 32 bytes that fit nothing, and bytes in the signature's place.
    private static CeremonyMessage Forge(CeremonyPlan plan, CeremonyMessage like, P256PublicKey receiver)
    {
        var letter = RandomNumberGenerator.GetBytes(32 + 70);
        letter[0] = 0;
        var data = Tagged.Statement("ceremony-letter", new WireWriter().Hash(plan.Hash()).U8((byte)like.Kind).U8(like.From).U8(like.To).Written);
        var name = Hash256.Sha256(receiver.Bytes);
        return new CeremonyMessage(like.Kind, like.From, like.To, new WireWriter().Hash(name).Fixed(SealedBox.Seal(receiver, data, data, letter)).ToArray());
    }
}
