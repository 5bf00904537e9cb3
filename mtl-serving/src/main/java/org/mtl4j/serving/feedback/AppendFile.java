package org.mtl4j.serving.feedback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows. */
interface AppendFile extends AutoCloseable {
  /** Opens files. */
  @FunctionalInterface
  interface Opener {
    /** Opens a file at its end; it is made if it is not there. */
    AppendFile open(Path file) throws IOException;
  }

  /** How many bytes it has. */
  long size() throws IOException;

  /** Writes all bytes at the end; of those some may be written if it fails. */
  void append(byte[] bytes) throws IOException;

  /** Cuts off what is behind so many bytes. */
  void truncate(long bytes) throws IOException;

  /** Forces what was written to the disk. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;

  /** A file of the file system. */
  static AppendFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    return new AppendFile() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void append(byte[] bytes) throws IOException {
        channel.position(channel.size());
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
          channel.write(left);
        }
      }

      @Override
      public void truncate(long bytes) throws IOException {
        channel.truncate(bytes);
      }

      @Override
      public void sync() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
