using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Enclave.Tests;

/// <summary>The whole way from a bare enclave to an approved signature, in process.</summary>
public sealed class CeremonyTests : IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestGrid _grid;
    private readonly TestStore[] _stores;
    private readonly TestNode[] _nodes;
    private readonly MembershipRecord _membership = TestGrid.Membership([1, 2, 3]);

    public CeremonyTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _stores = [.. Enumerable.Range(0, 3).Select(_ => new TestStore(_time))];
        _nodes = [.. _stores.Select((store, i) => store.Start(_grid, $"1/{i + 1}"))];
    }

    public void Dispose()
    {
        foreach (var store in _stores) store.Dispose();
    }

    [Theory]
    [InlineData(DeviceKeyAlgorithm.P256)]
    [InlineData(DeviceKeyAlgorithm.Rsa3072)]
    public async Task Three_enclaves_share_a_key_and_each_of_them_signs_what_is_approved(DeviceKeyAlgorithm algorithm)
    {
        foreach (var node in _nodes) await node.JoinClusterAsync(_membership, algorithm);
        var (key, policy) = await _nodes[0].CreateKeyAsync();
        foreach (var node in _nodes[1..]) Assert.Equal(key, (await node.CopyKeyAsync(_nodes[0])).Key);

        var call = _grid.Approved(_grid.Sign(key, policy));
        foreach (var node in _nodes)
        {
            var signed = Assert.IsType<Performed.Signed>(await node.AskAsync(call)).Signature;
            var signer = PublicKey.Parse(signed.PublicKey.Span).Value;
            var signature = EcdsaSignature.FromCompact([.. signed.R.Span, .. signed.S.Span], signed.RecoveryId).Value;
            Assert.True(signer.Verify(signed.Digest.AsSpan(), signature));
            Assert.Equal(signer, signature.Recover(signed.Digest.AsSpan()).Value);
        }
    }

    [Fact]
    public async Task An_approved_transaction_comes_back_signed_by_the_account_that_the_extended_key_leads_to()
    {
        await _nodes[0].JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await _nodes[0].CreateKeyAsync();
        var transaction = new Eip1559Transaction
        {
            ChainId = 31337, Nonce = 7, GasLimit = 21000, To = EthereumAddress.Parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8").Value,
            Value = UInt256.FromBigEndian([1, 0]), MaxFeePerGas = UInt256.FromBigEndian([9]), MaxPriorityFeePerGas = UInt256.FromBigEndian([1]),
        };

        var call = _grid.Approved(_grid.Sign(key, policy, new SigningSubject.EthereumTransaction(transaction.EncodeUnsigned()), "m/44'/60'/0'/0/3"));
        var signed = Assert.IsType<Performed.Signed>(await _nodes[0].AskAsync(call)).Signature;

        Assert.Equal(transaction.SigningHash, signed.Digest);
        var decoded = EthereumTransaction.DecodeSigned(signed.Transaction.Span).Value;
        Assert.Equal(transaction.SigningHash, decoded.Transaction.SigningHash);
        var account = (await _nodes[0].AskAsync(new DeriveAccountCall(key, DerivationPath.Parse("m/44'/60'/0'").Value))).ToArray();
        Assert.Equal(78, account.Length);
        Assert.Equal(3, account[4]);
    }

    [Fact]
    public async Task A_restarted_enclave_goes_on_where_it_was()
    {
        foreach (var node in _nodes) await node.JoinClusterAsync(_membership);
        var (key, policy) = await _nodes[0].CreateKeyAsync();
        var before = await _nodes[0].StatusAsync();

        _stores[0].Stop();
        var again = _stores[0].Start(_grid);

        Statuses.Same(before, await again.StatusAsync());
        Assert.IsType<Performed.Signed>(await again.AskAsync(_grid.Approved(_grid.Sign(key, policy))));
        Assert.Equal(key, (await _nodes[1].CopyKeyAsync(again)).Key);
    }

    [Fact]
    public async Task An_audit_signature_needs_no_approval_and_signs_eight_bytes_at_most_at_the_root()
    {
        await _nodes[0].JoinClusterAsync(TestGrid.Membership([1]));
        var (key, _) = await _nodes[0].CreateKeyAsync();

        var signed = await _nodes[0].AskAsync(new AuditSignCall(key, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
        Assert.Equal(AuditSignCall.DigestOf([1, 2, 3, 4, 5, 6, 7, 8]), signed.Digest);
        await _nodes[0].RefusesAsync(RefusalCode.AuditTooLong, new AuditSignCall(key, new byte[9]));
        for (var i = 1; i < 16; i++) await _nodes[0].AskAsync(new AuditSignCall(key, new byte[1]));
        await _nodes[0].RefusesAsync(RefusalCode.AuditRate, new AuditSignCall(key, new byte[1]));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _nodes[0].AskAsync(new AuditSignCall(key, new byte[1]));
    }
}
