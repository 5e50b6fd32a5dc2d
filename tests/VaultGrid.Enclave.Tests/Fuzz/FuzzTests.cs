using System.Globalization;
using System.Text;

namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>
/// Bytes that nobody meant, at every parser that meets bytes from outside. Some of each in an ordinary run; `make fuzz HOURS=8` goes on, and keeps what led somewhere new
/// in tests/fuzz/corpus. VAULTGRID_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int UsualInputs = 150;
    private const int InputsAtATime = 2000;
    private const int LargestKept = 8 * 1024;

    private static readonly string Corpus = Repository.PathOf("tests", "fuzz", "corpus");

    private static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_FUZZ_SEED"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    [Fact]
    public async Task No_parser_is_broken_by_any_bytes()
    {
        var seeds = await CallSeeds.Recorded.Value;
        await RunAsync([.. ParserDiscovery.All()], target => [.. seeds.All, .. Kept(target)]);
    }

    [Fact]
    public async Task No_call_breaks_an_enclave_and_a_refusal_changes_nothing()
    {
        var seeds = await CallSeeds.Recorded.Value;
        using var enclaves = new CallTargets();
        var targets = await enclaves.AllAsync();
        await RunAsync(targets, target => [.. seeds.Of(Enum.Parse<EnclaveCallKind>(target.Name["call.".Length..])), .. Kept(target)]);
    }

    [Fact]
    public async Task A_sealed_store_that_was_changed_is_refused_whatever_was_changed()
    {
        using var store = new TestStore();
        await store.Start(new TestGrid(DateTimeOffset.UtcNow.AddDays(-1))).JoinClusterAsync(TestGrid.Membership([1]));
        store.Stop();
        var whole = File.ReadAllBytes(store.StoreFile);
        var target = new FuzzTarget("sealed-store", bytes =>
        {
            File.WriteAllBytes(store.StoreFile, bytes);
            var opened = store.TryStart();
            store.Stop();
            if (opened.Is(out _, out var refusal)) return bytes.AsSpan().SequenceEqual(whole) ? "opened" : throw new DefectException("a changed store was opened");
            return refusal.Code is RefusalCode.StoreTampered or RefusalCode.StoreTruncated or RefusalCode.StoreSealed or RefusalCode.StoreVersion
                ? $"{refusal.Code}: {refusal.Detail}"
                : throw new DefectException($"a changed store was refused with {refusal}");
        });
        output.WriteLine($"seed {Seed}");
        new FuzzRun(target, [whole, .. Kept(target)], Seed).Go(UsualInputs);
    }

    [Fact]
    public async Task There_is_a_target_for_each_kind_of_parser()
    {
        var names = ParserDiscovery.All().Select(target => target.Name).ToHashSet(StringComparer.Ordinal);
        string[] some =
        [
            "FrameHeader.Read", "RoleCertificate.Parse", "RevocationList.Parse", "AuthorityBundle.Parse", "AuthorityBundle.ParsePem", "DeviceRequest.Parse", "RequestDocument.Parse", "KeyPolicy.Parse",
            "MembershipRecord.Parse", "TransactionDocument.Parse", "DealManifest.Parse", "JoinStatement.Parse", "ReleaseStatement.Parse", "SessionPlan.Read.wire", "SessionPacket.Read.wire",
            "PerformCall.Read.wire", "KeyEvidence.Read.wire", "SignedCall.Read.wire", "DealingTranscript.Parse", "Vote.Parse", "P256PublicKey.Parse", "ExtendedPublicKey.Parse",
            "Trust.Parse.CertificateCache", "TrustBody.Parse.CertificateCache", "Domain.Parse.CertificateCache", "Retirement.Parse.CertificateCache", "FileHeader.Parse",
        ];
        Assert.Empty(some.Except(names));
        Assert.True(names.Count > 70, $"only {names.Count}");
        Assert.NotEmpty((await CallSeeds.Recorded.Value).All);
    }

    [Fact]
    public void The_suite_finds_a_parser_that_has_a_defect()
    {
        // Planted: a length that is believed, and a member that is expected.
        var length = new FuzzTarget("planted", bytes => bytes.Length > 4 ? bytes[4..(4 + bytes[3])].Length.ToString(CultureInfo.InvariantCulture) : "short");
        Assert.Contains("planted", Assert.Throws<DefectException>(() => new FuzzRun(length, [[0, 0, 0, 2, 1, 2]], 1).Go(5000)).Message, StringComparison.Ordinal);
        var member = new FuzzTarget("planted", bytes => System.Text.Json.Nodes.JsonNode.Parse(bytes) is System.Text.Json.Nodes.JsonObject json ? json["a"]!.ToJsonString() : "other");
        Assert.Throws<DefectException>(() => new FuzzRun(member, [Encoding.UTF8.GetBytes("{\"a\":1,\"b\":2}")], 1).Go(5000));
    }

    private async Task RunAsync(IReadOnlyList<FuzzTarget> targets, Func<FuzzTarget, IEnumerable<byte[]>> seeds)
    {
        output.WriteLine($"seed {Seed}, {targets.Count} targets");
        var (runs, defects) = (new List<(FuzzTarget Target, FuzzRun Run)>(), new List<string>());
        for (var place = 0; place < targets.Count; place++)
        {
            try
            {
                var run = new FuzzRun(targets[place], seeds(targets[place]), Seed + place);
                runs.Add((targets[place], run));
                run.Go(UsualInputs);
            }
            catch (DefectException defect)
            {
                defects.Add(defect.Message);
            }
        }

        Assert.True(defects.Count == 0, string.Join("\n\n", defects));
        var hours = double.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_FUZZ_HOURS"), CultureInfo.InvariantCulture, out var given) ? given : 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromHours(hours))
        {
            foreach (var (target, run) in runs)
            {
                run.Go(InputsAtATime);
                await KeepAsync(target, run.Found);
            }

            output.WriteLine($"{TimeProvider.System.GetElapsedTime(started):hh\\:mm\\:ss}: {runs.Sum(each => each.Run.Ways)} ways, {runs.Sum(each => each.Run.Found.Count)} found beyond the seeds");
        }

        output.WriteLine($"{runs.Sum(each => each.Run.Ways)} ways through {targets.Count} targets");
    }

    private static IEnumerable<byte[]> Kept(FuzzTarget target)
    {
        var folder = Path.Combine(Corpus, target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];
    }

    private static async Task KeepAsync(FuzzTarget target, IReadOnlyList<byte[]> found)
    {
        if (found.Count == 0) return;
        var folder = Directory.CreateDirectory(Path.Combine(Corpus, target.Name)).FullName;
        foreach (var input in found.Where(input => input.Length <= LargestKept))
        {
            var file = Path.Combine(folder, Hash256.Sha256(input).ToString()[2..18]);
            if (!File.Exists(file)) await File.WriteAllBytesAsync(file, input);
        }
    }
}
