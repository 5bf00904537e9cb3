package org.mtl4j.serving.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Files on a disk of so many bytes: what does not fit is written as far as it goes. */
final class SmallDisk implements AppendFile.Opener {
  private volatile long room;
  private volatile boolean truncates = true;
  private volatile int syncs;

  SmallDisk(long room) {
    this.room = room;
  }

  void setRoom(long bytes) {
    room = bytes;
  }

  void setTruncates(boolean possible) {
    truncates = possible;
  }

  int syncs() {
    return syncs;
  }

  @Override
  public AppendFile open(Path file) throws IOException {
    AppendFile real = AppendFile.open(file);
    return new AppendFile() {
      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void append(byte[] bytes) throws IOException {
        int fits = (int) Math.min(bytes.length, Math.max(0, room - real.size()));
        real.append(Arrays.copyOf(bytes, fits));
        if (fits < bytes.length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void truncate(long bytes) throws IOException {
        if (!truncates) {
          throw new IOException("Input/output error");
        }
        real.truncate(bytes);
      }

      @Override
      @SuppressWarnings("NonAtomicVolatileUpdate") // the log's thread alone counts
      public void sync() throws IOException {
        syncs++;
        real.sync();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
