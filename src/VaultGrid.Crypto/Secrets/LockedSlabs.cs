namespace VaultGrid.Crypto;

/// <summary>All slabs of one block size.</summary>
internal sealed class LockedSlabs(int blockSize, int slabBytes)
{
    private readonly Lock _gate = new();
    private readonly List<LockedSlab> _open = [];

    public nint Rent(out LockedSlab slab)
    {
        lock (_gate)
        {
            if (_open.Count == 0) _open.Add(new LockedSlab(blockSize, slabBytes));
            slab = _open[^1];
            var block = slab.Take();
            if (slab.IsFull) _open.RemoveAt(_open.Count - 1);
            return block;
        }
    }

    /// <summary>Takes a block back that the caller has wiped.</summary>
    public void Return(LockedSlab slab, nint block)
    {
        lock (_gate)
        {
            if (slab.IsFull) _open.Add(slab);
            slab.Return(block);

            // One slab stays for the next secret; a peak in one size must not keep locked memory from the others.
            if (!slab.IsEmpty || _open.Count == 1) return;
            _open.Remove(slab);
            slab.Unmap();
        }
    }
}
