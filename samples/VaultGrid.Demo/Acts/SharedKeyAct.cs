using System.Security.Cryptography;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Demo;

/// <summary>Keys that no node has: generated, used, refreshed, reshared and repaired by nodes of three clusters, one of which lies throughout.</summary>
internal static class SharedKeyAct
{
    /// <summary>The node behind the lying door.</summary>
    public static readonly NodeId Liar = NodeId.Parse("2/1");

    private static readonly NodeId Lost = NodeId.Parse("3/2");

    private static readonly KeyKind[] Kinds = [KeyKind.FrostSecp256k1, KeyKind.Taproot, KeyKind.Ed25519, KeyKind.Bls, KeyKind.Dise];

    public static async Task PlayAsync(Stage stage, LyingDoor door)
    {
        var (narrator, keys) = (stage.Narrator, stage.Grid.SharedKeys);
        narrator.Act($"Keys that nobody has: four nodes of three clusters generate them, any two use them, and node {Liar} lies throughout");
        door.Lie();
        var holders = Set(1, "1/1", "1/2", Liar.ToString(), "3/1");
        var made = new Dictionary<KeyKind, VerifiedKey>();
        foreach (var kind in Kinds) made[kind] = await GenerateAsync(stage, kind, holders);

        var named = await NamedAsync(stage, made[KeyKind.Taproot]);
        narrator.Done($"five public keys, each verified by its holders' signatures; {named}");
        foreach (var kind in Kinds.Where(kind => kind != KeyKind.Dise)) await SignAsync(stage, made[kind], $"VaultGrid demo, {kind.Name()}");
        await SpendAsync(stage, made[KeyKind.Taproot]);
        narrator.Done("Schnorr, Taproot, Ed25519 and BLS signatures, as ordinary verifiers accept them");
        await EncryptAsync(stage, made[KeyKind.Dise]);
        narrator.Done("a message encrypted and decrypted under a key that never was in one place");

        narrator.Act("The shares are refreshed, then shared anew by seven nodes, while signing goes on");
        var taproot = made[KeyKind.Taproot];
        var (isOver, during) = (false, 0);
        var signing = Task.Run(
            async () =>
            {
                for (; !Volatile.Read(ref isOver) || during < 3; during++) _ = await keys.SignAsync(taproot, RandomNumberGenerator.GetBytes(32), stage.Cancellation);
            },
            stage.Cancellation);
        var refreshed = await keys.RefreshAsync(taproot, stage.Cancellation);
        var reshared = await keys.ReshareAsync(refreshed, Set(2, "1/1", "1/2", "1/3", Liar.ToString(), "2/2", "3/1", "3/2"), stage.Cancellation);
        Volatile.Write(ref isOver, true);
        await signing;
        if (!PublicBytes.Equal(reshared.PublicKey.Span, taproot.PublicKey.Span)) throw new DemonstrationFailedException("the public key changed");
        await SignAsync(stage, reshared, "VaultGrid demo, any three of seven");
        narrator.Done($"version {reshared.Certified.Version.Number}: any three of seven nodes sign now, under the same public key; {during} signatures were made meanwhile");
        await RepairAsync(stage, reshared);
        door.BeHonest();
    }

    // Dead while the shares are refreshed, a holder comes back with one that fits nothing any more. Others, the liar left out, repair it without learning it.
    private static async Task RepairAsync(Stage stage, VerifiedKey key)
    {
        var (grid, narrator) = (stage.Grid, stage.Narrator);
        narrator.Act($"Node {Lost} dies, the six others refresh the shares without it and in spite of {Liar}, and {Lost} comes back without a share");
        await grid.Node(Lost).Process.KillAsync();
        var refreshed = await grid.SharedKeys.RefreshAsync(key, stage.Cancellation);
        await SignAsync(stage, refreshed, "VaultGrid demo, with one of seven dead");
        narrator.Done($"version {refreshed.Certified.Version.Number} is in force and signs");
        await grid.RestartAsync(Lost, stage.Cancellation);
        var blamed = new SortedSet<string>(StringComparer.Ordinal);
        while ((await grid.SharedKeys.StatusAsync(key.Key, stage.Cancellation)).Holders.Single(holder => holder.Node == Lost).State != "held")
        {
            if (!(await grid.Client.SharedKeys.RepairAsync(key.Key, Lost, stage.Cancellation)).Is(out var repair, out _)) continue;
            blamed.UnionWith(repair.Blamed.Select(blame => $"{blame.Node} {blame.Why}"));
        }

        await SignAsync(stage, refreshed, "VaultGrid demo, after the repair");
        narrator.Done($"node {Lost} holds its share of version {refreshed.Certified.Version.Number} again, repaired by {refreshed.Certified.Version.Faulty + 1} others{(blamed.Count > 0 ? $"; on the way {string.Join(", ", blamed)}" : "")}");
    }

    private static async Task<VerifiedKey> GenerateAsync(Stage stage, KeyKind kind, HolderSet holders)
    {
        var (keys, policy) = (stage.Grid.SharedKeys, stage.Grid.SharedKeys.Policy(KeyId.Parse($"shared-{kind.Name()}"), kind));
        return await keys.GenerateAsync(policy, kind, holders, stage.Cancellation);
    }

    // The ceremony that made the key has a journal, under the hash of its request.
    private static async Task<string> NamedAsync(Stage stage, VerifiedKey key)
    {
        var ceremony = Stage.Must(await stage.Grid.Client.SharedKeys.GetCeremonyAsync(key.Birth.Request, stage.Cancellation), "the ceremony's journal");
        var blamed = ceremony.Blamed.Select(blame => blame.Node).Distinct().ToList();
        return blamed.Contains(Liar)
            ? $"node {Liar} was named: {string.Join(", ", ceremony.Blamed.Where(blame => blame.Node == Liar).Select(blame => blame.Why).Distinct())}"
            : throw new DemonstrationFailedException($"node {Liar} lied in a ceremony and was not named, but {string.Join(", ", blamed)}");
    }

    private static async Task SignAsync(Stage stage, VerifiedKey key, string text)
    {
        var message = key.Birth.Kind == KeyKind.Taproot ? SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)) : System.Text.Encoding.UTF8.GetBytes(text);
        var signed = await stage.Grid.SharedKeys.SignAsync(key, message, stage.Cancellation);
        if (signed.Signers.Contains(Liar)) throw new DemonstrationFailedException($"node {Liar} lies and its share was used");
        stage.Record.Sign(signed, key, message);
    }

    // The output that no script can spend (BIP-86), by its key path.
    private static async Task SpendAsync(Stage stage, VerifiedKey key)
    {
        var output = Stage.Must(key.PublicKeyOf(DerivationPath.Master, TaprootTweak.Key), "the output's key");
        var spend = new TaprootSpend(output);
        var parameters = new SignParameters(new SigningSubject.Message(SigningAlgorithm.Taproot, spend.SignatureHash(), TaprootTweak.Key), DerivationPath.Master);
        var signed = Stage.Must(await stage.Grid.SharedKeys.Caller.SignAsync(key, parameters, stage.Cancellation), "a Taproot spend");
        stage.Record.Spend(signed, key, parameters.Subject.Bytes.ToArray(), spend);
    }

    private static async Task EncryptAsync(Stage stage, VerifiedKey key)
    {
        var plain = "VaultGrid demo, threshold encryption"u8.ToArray();
        using var message = SecretBytes.Take([.. plain]);
        var caller = stage.Grid.SharedKeys.Caller;
        var ciphertext = Stage.Must(await caller.EncryptAsync(key, message, stage.Cancellation), "an encryption").Value;
        using var opened = Stage.Must(await caller.DecryptAsync(key, ciphertext, stage.Cancellation), "a decryption").Value;
        var bytes = new byte[opened.Length];
        opened.CopyTo(bytes);
        if (!PublicBytes.Equal(bytes, plain)) throw new DemonstrationFailedException("what was decrypted is not what was encrypted");
        stage.Record.Encrypt(key, plain, ciphertext);
    }

    private static HolderSet Set(int faulty, params string[] nodes) => HolderSet.Of(nodes.Select(NodeId.Parse), faulty).Value;
}
