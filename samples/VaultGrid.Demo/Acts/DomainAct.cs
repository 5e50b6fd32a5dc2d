using VaultGrid.Model.Certificates;

namespace VaultGrid.Demo;

/// <summary>A real file under a Domain: encrypted, decrypted elsewhere, still readable after an HSM is gone, which itself reads nothing any more.</summary>
internal sealed class DomainAct(Stage stage, DomainClient domains, byte[] plaintext)
{
    private Domain _domain = null!;
    private byte[] _file = [];

    public static async Task PlayAsync(Stage stage, TrustAct trusts, OwnKey fifth, Trust trust)
    {
        var id = LocalTrusts.NewDomain();
        using var identity = stage.Grid.Ceremony.Client("archive", ClientClaims.Of([new DomainClaim(id, DomainOperations.All)]).Value);
        using var client = stage.Grid.Connect(identity, retries: 2);
        var path = typeof(DomainAct).Assembly.Location;
        var act = new DomainAct(stage, stage.Grid.Domains(client, identity), await File.ReadAllBytesAsync(path, stage.Cancellation));
        await act.EncryptAsync(id, trust, Path.GetFileName(path));
        await act.ElsewhereAsync();
        var old = act._domain;
        var next = await act.RemoveAsync(trusts, fifth, trust);
        await act.RetireAsync(next, old);
        await act.NewMasterAsync();
    }

    private async Task EncryptAsync(DomainId id, Trust trust, string name)
    {
        stage.Narrator.Act("A Domain: a master key that no machine but an HSM sees, and a file under it");
        _domain = Keep(Stage.Must(await domains.CreateAsync(id, MasterKeyKind.Aes256, "", trust.Body.Id, stage.Cancellation), "the Domain"));
        using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
        var header = Stage.Must(await domains.WrapAsync(_domain, FileHeader.NewStreamPart(), fileKey, stage.Cancellation), "wrapping the file's key");
        using var output = new MemoryStream();
        await FileEncryption.EncryptAsync(fileKey, header, new MemoryStream(plaintext), output, cancellationToken: stage.Cancellation);
        _file = output.ToArray();
        stage.Narrator.Done($"{name}, {plaintext.Length} bytes, encrypted here; node {domains.LastNode} wrapped its key, 32 bytes, and saw nothing else");
    }

    private async Task ElsewhereAsync()
    {
        var busy = domains.LastNode!.Value;
        await stage.Grid.Node(busy).Process.KillAsync();
        await DecryptAsync();
        if (domains.LastNode == busy) throw new DemonstrationFailedException($"node {busy} was killed and answered");
        stage.Narrator.Done($"node {busy} is down: node {domains.LastNode}, in another cluster, opened the key, and the file is the same");
        await stage.Grid.RestartAsync(busy, stage.Cancellation);
    }

    private async Task<Trust> RemoveAsync(TrustAct trusts, OwnKey fifth, Trust trust)
    {
        stage.Narrator.Act("An HSM goes: the operators remove it, Domains are re-wrapped, data stay readable");
        var gone = TrustAct.Hsms[2];
        var body = Stage.Must(
            TrustBody.Create(trust.Body, trust.Body.Id, trust.Body.Hsms.Where(hsm => hsm.Certificate.Identity.Node != gone), trust.Body.Operators, TrustAct.Quorum), "Trust 3");
        var next = await trusts.MakeAsync(body, fifth);
        await DecryptAsync();
        stage.Narrator.Done($"Trust 3 names node {gone} no more; the Domain as its owner keeps it still opens, at node {domains.LastNode}");
        _domain = Keep(await stage.RewrappedAsync(domains, _domain.Keys.Id, next));
        await DecryptAsync();
        stage.Narrator.Done($"the grid re-wrapped it by itself: revision {_domain.Keys.Revision} has tokens for {_domain.Keys.Tokens.Length} HSMs; the file of before decrypts");
        return next;
    }

    // Only the HSM that is gone is up, and it is given the Domain of before, in which it has a token.
    private async Task RetireAsync(Trust trust, Domain old)
    {
        var (gone, staying) = (TrustAct.Hsms[2], TrustAct.Hsms.Take(2).ToList());
        var retired = Stage.Must(await stage.Grid.Client.Trusts.RetireHsmAsync(trust.Body.Id, gone, stage.Cancellation), $"the retirement of node {gone}");
        stage.Record.Keep(Stage.Must(Retirement.Parse(retired.Document.Span, new CertificateCache()), "the retirement"));
        stage.Narrator.Done($"node {gone} wiped its wrap key of this chain, durably, and signed that");
        foreach (var node in staying) await stage.Grid.Node(node).Process.KillAsync();
        var header = Stage.Must(FileHeader.Parse(_file.AsSpan(0, FileHeader.Length)), "the file's header");
        stage.Refused($"the file's key asked of node {gone}, with the Domain from before its removal", await domains.UnwrapAsync(old, header, stage.Cancellation), RefusalCode.TrustSuperseded);
        var again = await stage.Grid.Client.Trusts.NewHsmKeyAsync(trust.Body.Id, new HsmKeyRequest(gone, "p256"), stage.Cancellation);
        stage.Refused($"node {gone}'s key of this chain, which it has wiped for good", again, RefusalCode.TrustRetired);
        foreach (var node in staying) await stage.Grid.RestartAsync(node, stage.Cancellation);
    }

    private async Task NewMasterAsync()
    {
        stage.Narrator.Act("What a compromised HSM could still open, and what ends that");
        stage.Narrator.Say("A removed HSM that was honest has wiped its key. One that was compromised may have kept a copy: with a Domain file from before its");
        stage.Narrator.Say("removal it opens that Domain's master key, and with that every file under that master key which it gets hold of. Nothing takes that back.");
        stage.Narrator.Say("A new master key ends it for new data; re-wrapping a file's key ends it for files that it never had:");
        _domain = Keep(Stage.Must(await domains.RotateAsync(_domain, newMaster: true, 0, stage.Cancellation), "the new master key"));
        var before = Stage.Must(FileHeader.Parse(_file.AsSpan(0, FileHeader.Length)), "the file's header");
        var after = Stage.Must(await domains.RewrapAsync(_domain, before, stage.Cancellation), "re-wrapping the file's key");
        after.Bytes.CopyTo(_file);
        await DecryptAsync();
        stage.Narrator.Done($"vaultgrid domain rotate --new-master: new files use master key {_domain.Keys.Current.Version}; the file's 150 bytes of header moved to it, its chunks stayed, it decrypts");
    }

    private async Task DecryptAsync()
    {
        using var input = new MemoryStream(_file);
        var header = Stage.Must(await FileHeader.ReadAsync(input, stage.Cancellation), "the file's header");
        using var fileKey = Stage.Must(await domains.UnwrapAsync(_domain, header, stage.Cancellation), "opening the file's key");
        using var output = new MemoryStream();
        _ = Stage.Must(await FileEncryption.DecryptAsync(fileKey, header, input, output, cancellationToken: stage.Cancellation), "decrypting the file");
        if (!output.ToArray().AsSpan().SequenceEqual(plaintext)) throw new DemonstrationFailedException("the file came back changed");
    }

    private Domain Keep(Domain domain)
    {
        stage.Record.Keep(domain);
        return domain;
    }
}
