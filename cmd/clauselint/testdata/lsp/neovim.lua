-- A session of Neovim with "clauselint lsp", for TestNeovim. The file to open is in the
-- variable CONTRACT; what the editor shows goes to the file in RESULT, as JSON.
-- It keeps to functions that Neovim 0.7 has.
local shown = { stages = {} }
local buffer, client

local function finish()
  local out = assert(io.open(os.getenv('RESULT'), 'w'))
  out:write(vim.fn.json_encode(shown))
  out:close()
  vim.bo[buffer].modified = false
  vim.cmd('qall!')
end

-- until_true gives up after a while: a test must end.
local function until_true(what, condition)
  if not vim.wait(60000, condition, 10) then
    shown.failure = 'waited in vain for ' .. what
    finish()
    error(shown.failure)
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000)
  local _, answer = next(answers or {})
  return answer and answer.result
end

-- words is the text that a diagnostic of the editor underlines: its columns are bytes.
local function words(d)
  local lines = vim.api.nvim_buf_get_lines(buffer, d.lnum, d.end_lnum + 1, false)
  lines[#lines] = lines[#lines]:sub(1, d.end_col)
  lines[1] = lines[1]:sub(d.col + 1)
  return table.concat(lines, '\n')
end

local function note(stage)
  local diagnostics = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(diagnostics, { rule = d.code or d.user_data.lsp.code, words = words(d), line = d.lnum })
  end
  shown.stages[stage] = diagnostics
end

vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('CONTRACT')))
buffer = vim.api.nvim_get_current_buf()
local published = 0
local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
vim.lsp.handlers['textDocument/publishDiagnostics'] = function(err, result, ...)
  publish(err, result, ...)
  if result and result.uri == vim.uri_from_bufnr(buffer) then
    published = published + 1
    shown.version = result.version
  end
end
local id = vim.lsp.start_client({
  name = 'clauselint',
  cmd = { 'clauselint', 'lsp' },
  root_dir = vim.fn.fnamemodify(os.getenv('CONTRACT'), ':h'),
  get_language_id = function() return 'markdown' end,
  on_exit = function(code) shown.exit = code end,
})
vim.lsp.buf_attach_client(buffer, id)
until_true('the first diagnostics', function() return published > 0 end)
client = vim.lsp.get_client_by_id(id)
shown.encoding = client.offset_encoding
note('opened')

vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { '😀 𠮷', '' })
until_true('diagnostics after an edit', function() return published > 1 end)
note('edited')
vim.cmd('undo')
until_true('diagnostics after undoing it', function() return published > 2 end)
note('undone')

local first = vim.diagnostic.get(buffer)[1]
vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
local hover = ask('textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding))
shown.hover = hover and hover.contents.value
local range = vim.lsp.util.make_range_params(0, client.offset_encoding)
range.context = { diagnostics = {} }
local fix
for _, action in ipairs(ask('textDocument/codeAction', range) or {}) do
  fix = fix or (action.isPreferred and action)
end
if fix then
  vim.lsp.util.apply_workspace_edit(fix.edit, client.offset_encoding)
  until_true('diagnostics after the fix', function() return published > 3 end)
  note('fixed')
end
vim.lsp.stop_client(id)
until_true('the server to end', function() return shown.exit ~= nil end)
finish()
