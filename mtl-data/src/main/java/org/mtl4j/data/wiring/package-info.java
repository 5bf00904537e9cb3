/** Binds what this module offers. */
package org.mtl4j.data.wiring;
