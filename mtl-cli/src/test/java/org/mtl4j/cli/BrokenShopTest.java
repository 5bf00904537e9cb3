package org.mtl4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of {@code mtl train} over a {@link BrokenShop} begin with. */
abstract class BrokenShopTest {
  @TempDir Path folder;

  BrokenShop shop;

  @BeforeEach
  final void writeShop() throws IOException {
    shop = BrokenShop.in(folder);
  }

  /** Training was refused with these lines, all of them, and no run was begun. */
  final void assertRefused(String... lines) {
    shop.assertRefused(shop.train(), lines);
  }
}
