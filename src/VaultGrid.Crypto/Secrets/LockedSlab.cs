namespace VaultGrid.Crypto;

/// <summary>Locked pages cut into equal blocks, so that thousands of small secrets need few pages. Guarded by its class's lock.</summary>
internal sealed class LockedSlab
{
    private readonly LockedPages _pages;
    private readonly int _blockSize;
    private readonly Stack<int> _free;
    private readonly int _blocks;

    public LockedSlab(int blockSize, int bytes)
    {
        _pages = LockedPages.Map(bytes);
        _blockSize = blockSize;
        _blocks = _pages.Length / blockSize;
        _free = new Stack<int>(_blocks);
        for (var index = _blocks - 1; index >= 0; index--) _free.Push(index);
    }

    public bool IsFull => _free.Count == 0;

    public bool IsEmpty => _free.Count == _blocks;

    public nint Take() => _pages.Address + (_free.Pop() * _blockSize);

    public void Return(nint block) => _free.Push((int)(block - _pages.Address) / _blockSize);

    public void Unmap() => _pages.Unmap();
}
