/** What requests ask for and how they fail, whatever protocol they came by. */
package org.mtl4j.server.request;
